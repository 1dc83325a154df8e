import { derivedId, Id } from '@ledger/events';
import type { People } from '@ledger/vault';
import { question, rejection, type CellFault } from './row-faults';

/** Somebody who is not in the vault yet. */
interface NewPerson {
  readonly commandKey: string;
  readonly name: string;
}

/** Whom a name in a file means, or what is to be asked about it. */
type Meant = { readonly id: string } | { readonly fault: CellFault };

function folded(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

const saidNew = /^new:\s*/i;

/**
 * The people of a file. The same name at the same body is the same person in every file; a name that may mean
 * somebody else whom the vault knows is asked about, and answered in the cell: by the id, or by "new: " before it.
 * Nobody is kept before the import is: until then new people have stand-ins.
 */
export class PeopleInFile {
  readonly #meant = new Map<string, Meant>();
  readonly #new = new Map<string, NewPerson>();
  /** The folded name by which the file names somebody. */
  readonly #names = new Map<string, string>();

  constructor(readonly people: People) {}

  /** Everybody who would be added. */
  get added(): number {
    return this.#new.size;
  }

  /** @param at the body the person is named with, or empty */
  async meant(typed: string, at: string): Promise<Meant> {
    const key = `${saidNew.test(typed) ? 'new' : 'named'}/${at}/${folded(typed.replace(saidNew, ''))}`;
    const known = this.#meant.get(key) ?? (await this.#find(typed, key));
    this.#meant.set(key, known);
    if ('id' in known && known.id !== typed) this.#names.set(known.id, folded(typed.replace(saidNew, '')));
    return known;
  }

  async #find(typed: string, key: string): Promise<Meant> {
    if (Id.safeParse(typed).success) {
      const person = await this.people.read(typed);
      if (person !== undefined && person !== 'erased') return { id: typed };
      return { fault: rejection('person-known', 'there is no such person in the vault; write the name') };
    }
    const name = typed.replace(saidNew, '').trim();
    if (name.length > 200 || !/\p{L}/u.test(name))
      return { fault: rejection('person-named', 'a name has 1 to 200 characters, letters among them') };
    const commandKey = `import/${key}`;
    const before = await this.people.addedBy(commandKey);
    if (before !== undefined && (await this.people.read(before)) !== 'erased') return { id: before };
    if (!saidNew.test(typed)) {
      const matches = await this.people.find(name);
      const [first] = matches;
      if (first !== undefined)
        return {
          fault: question(
            'person-two-ways',
            `the vault knows ${matches.length === 1 ? 'somebody' : `${matches.length} people`} of this name or one alike; write the id of the one that is meant (${matches
              .slice(0, 3)
              .map(({ person }) => person.id)
              .join(', ')}), or “new: ” before the name of somebody else`,
            first.match === 'same' ? first.person.id : `new: ${name}`,
            matches.length === 1 ? (first.match === 'same' ? `new: ${name}` : first.person.id) : undefined,
          ),
        };
    }
    const standIn = derivedId('new-person', commandKey);
    this.#new.set(standIn, { commandKey, name });
    return { id: standIn };
  }

  /** The name by which the file names somebody, folded; undefined where it gives the id. */
  nameOf(id: string): string | undefined {
    return this.#names.get(id);
  }

  /** Whether an id stands for somebody who is not in the vault yet. */
  isNew(id: string): boolean {
    return this.#new.has(id);
  }

  /** Keeps the new people in the vault; after it names mean their ids there. A repeat adds nobody twice. */
  async keep(): Promise<void> {
    for (const person of this.#new.values()) await this.people.add(person);
    this.#new.clear();
    this.#meant.clear();
  }
}
