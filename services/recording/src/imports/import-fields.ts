import { upperFirst } from '@ledger/http';
import { fieldWords, shownLabel } from '@ledger/pages';
import { formFields, type FieldKind, type FormField, type FormType } from '../forms/form-fields';
import { rowField } from '../forms/form-names';

/** A field that a column of a file can say. */
export interface ImportField {
  /** As mappings name it: `title`, `occurred.from`, `bodies.recipient`, `amounts.1.grossPence`. */
  readonly name: string;
  readonly kind: FieldKind;
  readonly label: string;
  readonly hint: string | null;
  readonly options: readonly string[];
  /** Whether a row without it is refused. */
  readonly required: boolean;
  /** Where its text goes on the form of the type; null for what is no part of the record. */
  readonly place: Place | null;
}

type Place =
  | { readonly sort: 'field'; readonly field: string }
  | { readonly sort: 'end'; readonly field: string; readonly end: 'from' | 'to' }
  | {
      readonly sort: 'list';
      readonly rows: string;
      readonly named: string;
      readonly choice: string;
      readonly value: string;
    };

/** How many rows of a kind the columns of one row can say one by one. */
const rowsByNumber = 6;
/** More rows of other kinds are rare, and a template with them would be hard to fill in. */
const rowsOnTemplates = 1;

function ofRows(rows: FormField): ImportField[] {
  const choice = rows.fields.find(({ kind, name }) => kind === 'choice' && name === 'role');
  const named = rows.fields.find(({ kind }) => kind === 'body' || kind === 'person');
  const lists =
    choice === undefined || named === undefined
      ? []
      : choice.options.map((value): ImportField => ({
          name: `${rows.name}.${value}`,
          kind: named.kind,
          label: `${rows.label}: ${value}`,
          hint: 'Several are parted by semicolons',
          options: [],
          required: false,
          place: { sort: 'list', rows: rows.name, named: named.name, choice: choice.name, value },
        }));
  const single = Array.from({ length: rowsByNumber }, (_, row) =>
    rows.fields.map((inner): ImportField => ({
      name: `${rows.name}.${row + 1}.${inner.name}`,
      kind: inner.kind,
      label: `${inner.label} (${rows.label.toLowerCase()}, ${row + 1})`,
      hint: inner.hint,
      options: inner.options,
      required: rows.required && lists.length === 0 && row < rowsOnTemplates && inner.required,
      place: { sort: 'field', field: rowField(rows.name, row, inner.name) },
    })),
  ).flat();
  return [...lists, ...single];
}

function ofField(field: FormField): ImportField[] {
  if (field.kind === 'rows') return ofRows(field);
  const { name, kind, hint, options, required } = field;
  const label = field.label.replace(/\?$/, '');
  const whole: ImportField = {
    name,
    kind,
    label,
    hint,
    options,
    required,
    place: { sort: 'field', field: name },
  };
  if (kind !== 'span') return [whole];
  const ends = (['from', 'to'] as const).map((end): ImportField => ({
    ...whole,
    name: `${name}.${end}`,
    label: end === 'from' ? 'First day' : 'Last day',
    hint: 'For example 4 September 2018',
    required: false,
    place: { sort: 'end', field: name, end },
  }));
  return [whole, ...ends];
}

function beside(name: string, label: string, hint: string): ImportField {
  return { name, kind: 'text', label, hint, options: [], required: false, place: null };
}

const made = new Map<FormType, readonly ImportField[]>();

/** Every field that a column can say, of a type of event. Derived from its form, so from its schema. */
export function importFields(type: FormType): readonly ImportField[] {
  const known = made.get(type);
  if (known !== undefined) return known;
  const fields = [
    ...formFields(type).flatMap(ofField),
    beside(
      'reference',
      'Own reference',
      'What the team calls the record; it finds the record again in the next file',
    ),
    beside('comment', 'Comment on a warning', 'Why a row is right although a rule warns; kept in the vault'),
    ...(type === 'MembershipEnded'
      ? [
          {
            ...beside('began', 'Began on', 'The first day of the membership'),
            kind: 'date' as const,
            required: true,
          },
        ]
      : []),
  ];
  made.set(type, fields);
  return fields;
}

/** The fields that the template of a type has columns for, in their order. */
export function templateFields(type: FormType): readonly ImportField[] {
  return importFields(type).filter(({ name, place }) => {
    if (place?.sort === 'end') return false;
    const numbered = /\.(\d)\.(\w+)$/.exec(name);
    if (numbered === null) return true;
    // Bodies and teams have a column for each role.
    const rows = name.slice(0, name.indexOf('.'));
    const listed = importFields(type).some(
      (other) => other.place?.sort === 'list' && other.place.rows === rows,
    );
    return !listed && Number(numbered[1]) <= rowsOnTemplates;
  });
}

/** What a field's column is headed on the template. */
export function templateHeading({ name, label, place }: ImportField): string {
  if (place?.sort === 'list')
    return place.rows === 'bodies'
      ? `Councils: ${place.value}`
      : `${fieldWords(place.rows).label}: ${place.value}`;
  if (/\.\d\./.test(name)) return upperFirst(label.replace(/ \(.*\)$/, ''));
  return place?.sort === 'field' ? shownLabel(name) : label;
}
