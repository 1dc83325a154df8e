import type { Actor } from '@ledger/access';
import { DecisionRefused, warningRuleIds, type Fault } from '@ledger/domain';
import type { Fields } from '@ledger/http';
import { shownLabel, valueInWords } from '@ledger/pages';
import { matcherOf, type Reference } from '../application/reference';
import { dayOf } from '../application/resolve-content';
import { formFields, type FormField, type FormType } from '../forms/form-fields';
import { PeopleOnForm, type PersonQuestion } from '../forms/people-on-form';
import { readForm, type ReadForm } from '../forms/read-form';
import { fieldLabels, shownErrors, type ShownError } from './form-view';
import { isOnlyClosed } from './proposing';
import type { RecordingPagesParts } from './parts';

/** What checking a form came to. */
export interface CheckedForm {
  readonly errors: readonly ShownError[];
  readonly questions: readonly PersonQuestion[];
  /** Whether the only thing missing is the comment that accepts warnings. */
  readonly wantsComment: boolean;
  /** Whether it is refused for nothing but lying in closed time, so that an adjustment can be proposed. */
  readonly adjustable: boolean;
  /** The data as it would be recorded, people not kept yet. */
  readonly data: ReadForm['data'];
  /** The names of the people in it, by the ids they have in it. */
  readonly persons: ReadonlyMap<string, string>;
}

/** A form as it was sent, read against the fields of its type. */
export class FilledForm {
  readonly fields: readonly FormField[];
  readonly #people: PeopleOnForm;

  constructor(
    readonly parts: RecordingPagesParts,
    readonly type: FormType,
    readonly values: Fields,
  ) {
    this.fields = formFields(type);
    this.#people = new PeopleOnForm(
      parts.recording.parts.vault.people,
      this.fields,
      values,
      values['key'] ?? '',
    );
  }

  /** Checks it by the rules of recording itself: `run` is a dry run with the data. */
  async check(actor: Actor, run: (data: ReadForm['data']) => Promise<unknown>): Promise<CheckedForm> {
    const read = readForm(this.fields, this.values, this.#people.standIn);
    const questions = await this.#people.questions();
    if (questions.length > 0)
      this.parts.audited(
        actor,
        questions.flatMap(({ matches }) => matches.map(({ person }) => person.id)),
      );
    const faults = [...read.faults, ...(await faultsOf(() => run(read.data)))];
    // What could not be read is missing from the data; saying that again would only confuse.
    const said = new Set(read.faults.map(({ path }) => path));
    const distinct = faults.filter(({ code, path }) => !(code === 'missing' && said.has(path)));
    const wantsComment = distinct.length > 0 && distinct.every(({ code }) => warningRuleIds.has(code));
    const labels = fieldLabels(this.fields, this.values);
    return {
      errors: [...shownErrors(distinct, read.places, labels), ...questions.map(asError)],
      questions,
      wantsComment,
      adjustable: questions.length === 0 && isOnlyClosed(distinct),
      data: read.data,
      persons: this.#people.names,
    };
  }

  /** The data with every person kept in the vault. */
  async data(): Promise<ReadForm['data']> {
    return readForm(this.fields, this.values, await this.#people.keep()).data;
  }
}

function asError({ field, typed }: PersonQuestion): ShownError {
  const text = `Say who “${typed}” is: somebody known already, or somebody new`;
  return { text, short: text, field: `${field}-is` };
}

async function faultsOf(run: () => Promise<unknown>): Promise<readonly Fault[]> {
  try {
    await run();
    return [];
  } catch (error) {
    if (error instanceof DecisionRefused) return error.faults;
    throw error;
  }
}

interface AnswerRow {
  readonly label: string;
  readonly values: readonly string[];
}

/** The answers of a form as they will be recorded, for checking: bodies by their registered names, dates in words. */
export function answersInWords(
  fields: readonly FormField[],
  data: Readonly<Record<string, unknown>>,
  reference: Reference,
  persons: ReadonlyMap<string, string>,
  today: string,
): readonly AnswerRow[] {
  const day = dayOf(data, today);
  const text = (field: FormField, value: unknown): string => {
    if (field.kind === 'offer') return reference.catalogue.offers.get(String(value))?.label ?? String(value);
    if (field.kind === 'savings-area')
      return reference.catalogue.savingsAreas.get(String(value))?.label ?? String(value);
    if (field.kind === 'person') return persons.get(String(value)) ?? '';
    if (field.kind === 'body') {
      const found = matcherOf(reference.register).resolve(String(value), day);
      const body = found.found ? reference.register.body(found.bodyId) : undefined;
      return body?.name ?? String(value);
    }
    return valueInWords(field.name, value);
  };
  return fields.flatMap((field) => {
    const value = data[field.name];
    if (value === undefined) return [];
    const label = shownLabel(field.name);
    if (field.kind !== 'rows') return [{ label, values: [text(field, value)] }];
    const rows = Array.isArray(value) ? (value as readonly Readonly<Record<string, unknown>>[]) : [];
    return [
      {
        label,
        values: rows.map((row) =>
          field.fields
            .filter(({ name }) => row[name] !== undefined)
            .map((inner) => text(inner, row[inner.name]))
            .join(', '),
        ),
      },
    ];
  });
}
