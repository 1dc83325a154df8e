import type { Fields } from '@ledger/http';
import type { FormField } from '../forms/form-fields';
import { rowCount, rowField } from '../forms/form-names';
import { fieldLabels } from './form-view';

/** A field of a form with two values. */
export interface Difference {
  readonly id: string;
  readonly label: string;
  readonly old: string;
  readonly now: string;
}

/** Every field of a form in which two fillings differ, in the order of the form. */
export function differences(
  fields: readonly FormField[],
  before: Fields,
  after: Fields,
): readonly Difference[] {
  const labels = fieldLabels(fields, { ...before, ...after });
  const names = fields.flatMap((field) =>
    field.kind === 'rows'
      ? Array.from({ length: rowCount(field, { ...before, ...after }) }, (_, row) =>
          field.fields.map(({ name }) => rowField(field.name, row, name)),
        ).flat()
      : [field.name],
  );
  return names.flatMap((id) => {
    const [old, now] = [before[id]?.trim() ?? '', after[id]?.trim() ?? ''];
    return old === now ? [] : [{ id, label: labels.get(id) ?? id, old, now }];
  });
}
