import { shownLabel, valueInWords } from '@ledger/pages';

/** How ids are named where a record is shown. */
export interface Names {
  readonly offers: ReadonlyMap<string, string>;
  readonly bodyName: (id: string) => Promise<string>;
  readonly personName: (id: string) => Promise<string>;
}

export interface ShownField {
  readonly label: string;
  readonly values: readonly string[];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function shown(field: string, value: unknown, names: Names): Promise<string> {
  if (typeof value === 'string') {
    if (field === 'offer') return names.offers.get(value) ?? value;
    if (field === 'body' || field === 'home') return names.bodyName(value);
    if (field === 'person') return names.personName(value);
  }
  if (isObject(value) && !('basis' in value && 'from' in value)) {
    const parts = await Promise.all(
      Object.entries(value).map(async ([name, part]) => {
        const text = await shown(name, part, names);
        return ['body', 'person', 'role'].includes(name) ? text : `${shownLabel(name).toLowerCase()} ${text}`;
      }),
    );
    return parts.join(', ');
  }
  return valueInWords(field, value);
}

/** The fields of a record's content, in words. */
export async function shownData(data: unknown, names: Names): Promise<readonly ShownField[]> {
  if (!isObject(data)) return [];
  return Promise.all(
    Object.entries(data).map(async ([field, value]) => {
      const list = Array.isArray(value) ? value : [value];
      return {
        label: shownLabel(field),
        values: await Promise.all(list.map((one: unknown) => shown(field, one, names))),
      };
    }),
  );
}

/** A change of one field in words; its path, such as `bodies.0.role`, is named by its parts. */
export async function shownChange(
  change: { readonly field: string; readonly old: unknown; readonly new: unknown },
  names: Names,
): Promise<{ readonly label: string; readonly old: string; readonly now: string }> {
  const path = change.field.split('.');
  const field = path.findLast((part) => !/^\d+$/.test(part)) ?? change.field;
  return {
    label: path.map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : shownLabel(part))).join(', '),
    old: await shown(field, change.old, names),
    now: await shown(field, change.new, names),
  };
}
