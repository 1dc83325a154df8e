import { asTyped } from './broken-rules';

/** A record as a row of a file, with what its columns mean: written apart from the code of imports. */
export interface AsInSpreadsheet {
  readonly columns: readonly { readonly heading: string; readonly field: string }[];
  readonly row: readonly string[];
}

/** More rows than a file can number are one list in one cell for each role. */
const rowsByNumber = 6;

/** The same record as somebody would keep it in a row of a tracker of his or her own. */
export function asInSpreadsheet(data: Readonly<Record<string, unknown>>): AsInSpreadsheet {
  const typed = Object.entries(asTyped(data));
  const columns: { heading: string; field: string }[] = [];
  const row: string[] = [];
  const lists = new Map<string, string[]>();
  for (const [name, value] of typed) {
    const [, rows, number = '', inner] = /^(\w+)-(\d+)-(\w+)$/.exec(name) ?? [];
    if (rows !== undefined && many(typed, rows)) {
      if (inner !== 'person') continue;
      const role = typed.find(([other]) => other === `${rows}-${number}-role`)?.[1] ?? '';
      lists.set(`${rows}.${role}`, [...(lists.get(`${rows}.${role}`) ?? []), value]);
      continue;
    }
    const field = rows === undefined ? name : `${rows}.${Number(number) + 1}.${inner}`;
    columns.push({ heading: `Our ${field}`, field });
    row.push(value);
  }
  for (const [field, values] of lists) {
    columns.push({ heading: `Our ${field}`, field });
    row.push(values.join('; '));
  }
  return { columns, row };
}

function many(typed: readonly (readonly [string, string])[], rows: string): boolean {
  return typed.some(([name]) => name.startsWith(`${rows}-${rowsByNumber}-`));
}
