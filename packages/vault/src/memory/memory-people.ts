import { newId } from '@ledger/events';
import { matchesOf } from '../people/name-matching';
import {
  checkedDetails,
  EmailTakenError,
  foldedEmail,
  HeldError,
  type Person,
  type PersonDetails,
  type PersonField,
  type PersonMatch,
} from '../people/person';
import { UnknownPersonError, type NoteAbout, type People } from '../port';

interface KeptNote {
  readonly text: string;
  readonly about: readonly string[];
  readonly written: string;
}

/** People in memory, for tests and dry runs. */
export class MemoryPeople implements People {
  readonly #people = new Map<string, Person | 'erased'>();
  readonly #byCommand = new Map<string, string>();

  constructor(
    readonly notes: Map<string, KeptNote>,
    readonly now: () => number,
  ) {}

  async add({ commandKey, ...details }: PersonDetails & { readonly commandKey: string }): Promise<string> {
    const known = this.#byCommand.get(commandKey);
    if (known !== undefined) return known;
    const checked = checkedDetails(details);
    await this.#mustBeFree(checked.email, undefined);
    const id = newId();
    this.#people.set(id, { id, ...checked, hold: null, added: new Date(this.now()).toISOString() });
    this.#byCommand.set(commandKey, id);
    return id;
  }

  async addedBy(commandKey: string): Promise<string | undefined> {
    return this.#byCommand.get(commandKey);
  }

  async #mustBeFree(email: string | null, owner: string | undefined): Promise<void> {
    if (email === null) return;
    const holder = await this.findByEmail(email);
    if (holder !== undefined && holder !== owner) throw new EmailTakenError();
  }

  async read(id: string): Promise<Person | 'erased' | undefined> {
    return this.#people.get(id);
  }

  async change(id: string, details: PersonDetails): Promise<void> {
    const person = this.#known(id);
    const checked = checkedDetails(details);
    await this.#mustBeFree(checked.email, id);
    this.#people.set(id, { ...person, ...checked });
  }

  #known(id: string): Person {
    const person = this.#people.get(id);
    if (person === undefined || person === 'erased') throw new UnknownPersonError(id);
    return person;
  }

  async find(name: string): Promise<readonly PersonMatch[]> {
    return matchesOf(name, await this.all());
  }

  async findByEmail(email: string): Promise<string | undefined> {
    return (await this.all()).find(
      (person) => person.email !== null && foldedEmail(person.email) === foldedEmail(email),
    )?.id;
  }

  async all(): Promise<readonly Person[]> {
    return [...this.#people.values()].filter((person) => person !== 'erased');
  }

  async notesAbout(id: string): Promise<readonly NoteAbout[]> {
    return [...this.notes].flatMap(([note, { text, about, written }]) =>
      about.includes(id) ? [{ id: note, text, written }] : [],
    );
  }

  async forget(id: string, field: PersonField): Promise<void> {
    this.#people.set(id, { ...this.#known(id), [field]: null });
  }

  async forgetNote(id: string): Promise<void> {
    this.notes.delete(id);
  }

  async notesWrittenBefore(instant: string): Promise<readonly string[]> {
    const held = new Set((await this.all()).filter(({ hold }) => hold !== null).map(({ id }) => id));
    return [...this.notes].flatMap(([note, { about, written }]) =>
      written < instant && !about.some((id) => held.has(id)) ? [note] : [],
    );
  }

  async hold(id: string, reason: string | null): Promise<void> {
    this.#people.set(id, { ...this.#known(id), hold: reason });
  }

  async erase(id: string): Promise<void> {
    const person = this.#people.get(id);
    if (person !== undefined && person !== 'erased' && person.hold !== null) throw new HeldError(id);
    for (const { id: note } of await this.notesAbout(id)) this.notes.delete(note);
    this.#people.set(id, 'erased');
  }
}
