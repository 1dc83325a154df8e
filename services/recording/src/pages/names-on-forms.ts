import type { Register } from '@ledger/councils';
import { matcherOf } from '../application/reference';
import type { FormNames } from '../forms/write-form';

/** Writes a body on a form by its name, where that name means it on the day; otherwise by its id. */
export function bodyNameOn(register: Register): FormNames['body'] {
  return (id, data) => {
    const { occurred, from, on, upTo } = data;
    const inside =
      typeof occurred === 'object' && occurred !== null && 'from' in occurred
        ? occurred.from
        : (from ?? on ?? upTo);
    const name = register.body(id)?.name ?? id;
    const found = matcherOf(register).resolve(name, typeof inside === 'string' ? inside : '');
    return found.found && found.bodyId === id ? name : id;
  };
}
