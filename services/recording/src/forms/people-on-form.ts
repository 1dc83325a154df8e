import { derivedId } from '@ledger/events';
import type { People, PersonMatch } from '@ledger/vault';
import type { FormField } from './form-fields';
import { rowCount, rowField } from './form-names';
import type { FormValues } from './read-form';

/** A name on a form that may mean somebody the vault knows: whoever fills it in says. */
export interface PersonQuestion {
  readonly field: string;
  readonly typed: string;
  readonly matches: readonly PersonMatch[];
}

/** The answer that means: nobody the vault knows. */
const someoneNew = 'new';

/** Every person field of a form that has a name in it. */
function named(
  fields: readonly FormField[],
  values: FormValues,
): { readonly field: string; readonly typed: string }[] {
  return fields.flatMap((field) => {
    if (field.kind === 'person') return typedIn(field.name, values);
    if (field.kind !== 'rows') return [];
    const inner = field.fields.find(({ kind }) => kind === 'person');
    if (inner === undefined) return [];
    return Array.from({ length: rowCount(field, values) }, (_, row) =>
      typedIn(rowField(field.name, row, inner.name), values),
    ).flat();
  });
}

function typedIn(field: string, values: FormValues): { field: string; typed: string }[] {
  const typed = values[field]?.trim();
  return typed === undefined || typed === '' ? [] : [{ field, typed }];
}

/** What was said about a name, unless the name was changed since. */
function saidAbout(field: string, typed: string, values: FormValues): string | undefined {
  const said = values[`${field}-is`];
  return values[`${field}-for`]?.trim() === typed ? said : undefined;
}

/** The people of one form: whom its names mean. */
export class PeopleOnForm {
  /** The names of the people read so far, by the ids they stand for. */
  readonly names = new Map<string, string>();

  constructor(
    readonly people: People,
    readonly fields: readonly FormField[],
    readonly values: FormValues,
    /** The key of the form: the same form sent again names the same new people. */
    readonly key: string,
  ) {}

  /** The names about which somebody has still to say whom they mean. */
  async questions(): Promise<readonly PersonQuestion[]> {
    const asked: PersonQuestion[] = [];
    for (const { field, typed } of named(this.fields, this.values)) {
      if (saidAbout(field, typed, this.values) !== undefined) continue;
      const matches = await this.people.find(typed);
      if (matches.length > 0) asked.push({ field, typed, matches: matches.slice(0, 10) });
    }
    return asked;
  }

  /** Stand-ins for people who are not in the vault yet: for checking a form without keeping anything. */
  readonly standIn = (field: string, typed: string): string => {
    const said = saidAbout(field, typed, this.values);
    const id = said === undefined || said === someoneNew ? derivedId('new-person', this.key, typed) : said;
    this.names.set(id, typed);
    return id;
  };

  /** Keeps the new people in the vault and gives every field its person. A form sent again adds nobody twice. */
  async keep(): Promise<(field: string, typed: string) => string | undefined> {
    const ids = new Map<string, string>();
    for (const { field, typed } of named(this.fields, this.values)) {
      const said = saidAbout(field, typed, this.values);
      ids.set(
        field,
        said === undefined || said === someoneNew
          ? await this.people.add({ commandKey: `form/${this.key}/${typed}`, name: typed })
          : said,
      );
    }
    return (field) => ids.get(field);
  }
}
