import type { Register } from '@ledger/councils';
import { matcherOf } from '../application/reference';
import { dayOf } from '../application/resolve-content';
import type { FormNames } from '../forms/write-form';

/** Writes a body on a form by its name, where that name means it on the day; otherwise by its id. */
export function bodyNameOn(register: Register, today: string): FormNames['body'] {
  return (id, data) => {
    const name = register.body(id)?.name ?? id;
    const found = matcherOf(register).resolve(name, dayOf(data, today));
    return found.found && found.bodyId === id ? name : id;
  };
}
