import type { Fields } from '@ledger/http';
import type { Reference } from '../application/reference';
import type { FormType } from '../forms/form-fields';
import { formFields } from '../forms/form-fields';
import { foldedHeading } from '../imports/find-columns';
import { importFields, type ImportField } from '../imports/import-fields';
import type { MappedColumn, Mapping } from '../imports/mapping';
import type { OfferedHeader } from './import-columns';

/** What the errors of pages are shown by. */
export interface ShownError {
  readonly text: string;
  readonly field: string | null;
}

/** A mapping as its page sends it to be saved. */
export interface SentMapping extends Omit<Mapping, 'type'> {
  readonly type: FormType;
}

const longestName = 60;

/** What a column is taken for that is left out. */
const leftOut = 'none';

/** The name under which a mapping is kept, from what people call it: “Our tracker” is our-tracker. */
export function nameOfLabel(label: string): string {
  const plain = label.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
    .replaceAll(' ', '-')
    .slice(0, longestName)
    .replace(/-$/, '');
}

/** The fields that may be said once for all rows of a file. */
export function fixedFields(type: FormType): readonly ImportField[] {
  return importFields(type).filter(
    ({ kind, required, place }) =>
      place?.sort === 'field' &&
      kind !== 'body' &&
      kind !== 'person' &&
      (required || kind === 'offer' || kind === 'savings-area'),
  );
}

/** A field to be said for all rows, as the page shows it. */
export function shownFixed(
  { name, label, hint, kind, options }: ImportField,
  { catalogue }: Reference,
  values: Fields,
): Readonly<Record<string, unknown>> {
  const named = kind === 'offer' ? catalogue.offers : kind === 'savings-area' ? catalogue.savingsAreas : null;
  const listed = [...(named?.values() ?? [])].map((one) => ({ value: one.id, label: one.label, group: '' }));
  return {
    id: `fixed-${name}`,
    label,
    hint,
    kind: kind === 'pounds' || kind === 'whole' ? 'text' : kind,
    value: values[`fixed-${name}`],
    options:
      named === null
        ? options.map((value) => ({ value, label: value, group: '' }))
        : listed.sort((a, b) => a.label.localeCompare(b.label, 'en-GB')),
  };
}

function columnsOf(form: Fields): { readonly letters: string; readonly column: MappedColumn }[] {
  return Object.entries(form).flatMap(([name, value]) => {
    const letters = /^field-([A-Z]{1,3})$/.exec(name)?.[1];
    if (letters === undefined || value === leftOut) return [];
    const [field = '', unit] = value.split(':');
    const counted: Pick<MappedColumn, 'unit'> = unit === 'thousands' || unit === 'millions' ? { unit } : {};
    return [{ letters, column: { heading: form[`heading-${letters}`] ?? '', field, ...counted } }];
  });
}

/** The mapping that a filled page says. */
export function mappingOfForm(type: FormType, form: Fields): SentMapping {
  const { label = '', sheet, hidden } = form;
  const fixed = fixedFields(type).flatMap(({ name }) => {
    const value = form[`fixed-${name}`]?.trim() ?? '';
    return value === '' ? [] : [{ field: name, value }];
  });
  return {
    name: nameOfLabel(label),
    label: label.trim(),
    type,
    ...(sheet !== undefined && form['sheets'] === 'one' && { sheets: [sheet] }),
    columns: columnsOf(form).map(({ column }) => column),
    fixed,
    ...((hidden === 'take' || hidden === 'leave') && { hiddenRows: hidden }),
  };
}

/** A saved mapping as the values of its page, for the columns of a file. */
export function formOfMapping(mapping: Mapping, { columns }: OfferedHeader): Record<string, string> {
  const of = new Map(mapping.columns.map((column) => [foldedHeading(column.heading), column]));
  const named = columns.map(({ letters, heading }): [string, string] => {
    const column = of.get(foldedHeading(heading));
    const unit = column?.unit === undefined || column.unit === 'pounds' ? '' : `:${column.unit}`;
    return [`field-${letters}`, column === undefined ? leftOut : `${column.field}${unit}`];
  });
  return {
    ...Object.fromEntries(named),
    ...Object.fromEntries(mapping.fixed.map(({ field, value }) => [`fixed-${field}`, value])),
    label: mapping.label,
    sheets: mapping.sheets === undefined ? 'every' : 'one',
    ...(mapping.hiddenRows !== undefined && { hidden: mapping.hiddenRows }),
  };
}

/** What no column and no value for all rows says, though no record can do without it. */
export function missingFields(type: FormType, form: Fields): readonly ShownError[] {
  const { columns, fixed } = mappingOfForm(type, form);
  const said = [...columns, ...fixed].map(({ field }) => field);
  const isSaid = (name: string): boolean =>
    said.some((field) => field === name || field.startsWith(`${name}.`));
  return formFields(type).flatMap(({ name, label, required, kind }): ShownError[] => {
    if (!required || isSaid(name)) return [];
    const first = fixedFields(type).find((field) => field.name === name || field.name.startsWith(`${name}.`));
    const what = label.replace(/\?$/, '');
    return [
      {
        text:
          kind === 'rows' || first === undefined
            ? `${what}: choose the column that says it`
            : `${what}: choose the column that says it, or give what holds for every row`,
        field: first === undefined ? null : `fixed-${first.name}`,
      },
    ];
  });
}

/** Which column of the form a fault of a mapping is about, such as `columns[2].field`. */
export function placeOfFault(
  path: string,
  form: Fields,
): { readonly field: string; readonly heading: string } | undefined {
  const at = /^columns\[(\d+)\]/.exec(path)?.[1];
  const letters = at === undefined ? undefined : columnsOf(form)[Number(at)]?.letters;
  if (letters === undefined) return undefined;
  return { field: `field-${letters}`, heading: form[`heading-${letters}`] ?? '' };
}
