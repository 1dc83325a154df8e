import type { Fault } from '@ledger/domain';

/** What went wrong on a form, each with the field that it is about. */
export interface FormError {
  readonly text: string;
  readonly field: string | null;
}

/** Faults of a command as a form says them: a fault of a field leads to it. */
export function formErrors(faults: readonly Fault[], fields: ReadonlySet<string>): readonly FormError[] {
  return faults.map(({ path, message }) => {
    const name = path.replace(/^data\./, '').replace(/^baseline\./, '');
    const text = message.charAt(0).toUpperCase() + message.slice(1);
    return { text, field: fields.has(name) ? name : null };
  });
}

/** What is wrong with each field, for a form that does not go through a list of its fields. */
export function errorsByField(errors: readonly FormError[]): Readonly<Record<string, string>> {
  return Object.fromEntries(errors.flatMap(({ field, text }) => (field === null ? [] : [[field, text]])));
}

/** The address of a page that shows what a command recorded. */
export function afterwards(path: string, cursor: string | null): string {
  return cursor === null ? path : `${path}?after=${encodeURIComponent(cursor)}`;
}
