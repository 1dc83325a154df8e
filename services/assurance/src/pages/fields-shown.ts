import type { Fields } from '@ledger/http';
import type { FormError } from './parts';
import type { StepField } from './step-forms';

/** Fields as the macros of forms take them. */
export function fieldsShown(
  fields: readonly StepField[],
  values: Fields,
  errors: readonly FormError[],
): readonly Readonly<Record<string, unknown>>[] {
  return fields.map((field) => ({
    ...field,
    id: field.name,
    value: values[field.name] ?? '',
    error: errors.find((error) => error.field === field.name)?.text ?? null,
    options: (field.options ?? []).map((value) => ({ group: '', value, label: value.replaceAll('-', ' ') })),
  }));
}
