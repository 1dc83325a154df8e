import { financialYearLabel, spanInWords } from '@ledger/calendar';
import { hundredthsInWords } from '@ledger/pages';
import type { FormField } from './form-fields';
import { rowField } from './form-names';

/** How ids are written on a form. */
export interface FormNames {
  readonly body: (id: string, data: Readonly<Record<string, unknown>>) => string;
  readonly person: (id: string) => Promise<string>;
}

type Data = Readonly<Record<string, unknown>>;

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The values with which a form shows what a record says; read again they give the same data. */
export async function writeForm(
  fields: readonly FormField[],
  data: Data,
  names: FormNames,
): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  const write = async (
    all: readonly FormField[],
    of: Data,
    nameOf: (field: string) => string,
  ): Promise<void> => {
    for (const field of all) {
      const value = of[field.name];
      if (value === undefined || value === null) continue;
      const name = nameOf(field.name);
      if (field.kind === 'rows') {
        const rows = Array.isArray(value) ? value : [];
        for (const [row, each] of rows.entries())
          if (isData(each)) await write(field.fields, each, (inner) => rowField(field.name, row, inner));
      } else if (field.kind === 'person') {
        const id = typeof value === 'string' ? value : '';
        const typed = await names.person(id);
        Object.assign(values, { [name]: typed, [`${name}-is`]: id, [`${name}-for`]: typed });
      } else values[name] = text(field, value, data, names);
    }
  };
  await write(fields, data, (name) => name);
  return values;
}

function text(field: FormField, value: unknown, data: Data, names: FormNames): string {
  switch (field.kind) {
    case 'span':
      // Only ever the data of an event that its schema accepted.
      return spanInWords(value as Parameters<typeof spanInWords>[0]);
    case 'date':
      return spanInWords({ from: String(value), to: String(value), basis: 'stated' });
    case 'pounds':
    case 'hundredths':
      return hundredthsInWords(Number(value));
    case 'year':
      return financialYearLabel(Number(value));
    case 'body':
      return names.body(String(value), data);
    case 'choice':
      return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
    default:
      return String(value);
  }
}
