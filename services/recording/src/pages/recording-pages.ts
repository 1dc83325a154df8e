import { randomUUID } from 'node:crypto';
import { programmesFor, type Actor } from '@ledger/access';
import { Id } from '@ledger/events';
import { ProblemError, type Fields, type Page, type PageAnswer } from '@ledger/http';
import { typeTitle } from '@ledger/pages';
import type { Outcome } from '../application/outcome';
import { kindOfRecord } from '../application/kind-of';
import { formTypes, isFormType, type FormType } from '../forms/form-fields';
import type { ReadForm } from '../forms/read-form';
import { writeForm } from '../forms/write-form';
import { answersInWords, FilledForm, type CheckedForm } from './filled-form';
import { formContext, type FormSetting } from './form-view';
import { bodyNameOn } from './names-on-forms';
import { commandOfForm, reasonsToChoose, type RecordingPagesParts } from './parts';
import { proposeFrom } from './proposing';

/** Steps of a record that is there already: they begin from that record's page. */
const laterSteps: readonly FormType[] = ['PlaceGivenUp', 'MembershipEnded', 'DeliverableRated'];

/** Where a browser is sent after something was recorded: to the record, with what it changed in the totals. */
export function recordedAddress({ records, events, cursor }: Outcome): string {
  const [first] = records;
  const positions = events.flatMap(({ position }) => (position === null ? [] : [BigInt(position)]));
  const [from, to] = [positions[0], positions.at(-1)];
  if (first === undefined || cursor === null || from === undefined || to === undefined) return '/records';
  const query = new URLSearchParams({ after: cursor, recorded: `${from}-${to}` });
  return `/records/${first.kind}/${first.id}?${query.toString()}`;
}

function formTypeOf({ type = '' }: Fields): FormType {
  if (isFormType(type)) return type;
  throw new ProblemError(
    404,
    'NOT_FOUND',
    `There is no form for “${type.slice(0, 60)}”; choose one at /record.`,
  );
}

/** Recording by form: choose what, fill in, check your answers, record. The same rules as every other route. */
export function recordingPages(parts: () => RecordingPagesParts): readonly Page[] {
  const settingOf = async (type: FormType, actor: Actor): Promise<FormSetting> => ({
    type,
    reference: await parts().recording.parts.reference(),
    programmes: programmesFor(actor, 'records:write'),
  });

  const showForm = async (
    actor: Actor,
    form: FilledForm,
    { adjustable, ...problems }: Pick<CheckedForm, 'errors' | 'questions' | 'wantsComment' | 'adjustable'>,
  ): Promise<PageAnswer> => ({
    view: 'record-form',
    context: {
      ...formContext({
        fields: form.fields,
        values: form.values,
        ...problems,
        setting: await settingOf(form.type, actor),
      }),
      adjustable,
      reasons: reasonsToChoose,
    },
    ...(problems.errors.length > 0 && { status: 422 }),
  });
  const unproblematic = { errors: [], questions: [], wantsComment: false, adjustable: false };

  return [
    {
      method: 'get',
      path: '/record',
      permission: 'records:write',
      show: () => ({
        view: 'record-choose',
        context: {
          types: formTypes
            .filter((type) => !laterSteps.includes(type))
            .map((type) => ({ type, title: typeTitle(type) })),
        },
      }),
    },
    {
      method: 'get',
      path: '/record/{type}',
      permission: 'records:write',
      show: async ({ params, query, actor }) => {
        const type = formTypeOf(params);
        const begun = { key: randomUUID(), ...(await continued(parts(), type, query['record'])) };
        return showForm(actor, new FilledForm(parts(), type, begun), unproblematic);
      },
    },
    {
      method: 'post',
      path: '/record/{type}',
      permission: 'records:write',
      show: async ({ params, form: values, actor }) => {
        const type = formTypeOf(params);
        const step = values['step'] ?? 'continue';
        const form = new FilledForm(parts(), type, withMoreRows(values, step));
        if (step === 'change' || step.startsWith('add:')) return showForm(actor, form, unproblematic);
        const request = (data: ReadForm['data']): { readonly records: readonly unknown[] } => ({
          records: [
            {
              type,
              data,
              ...(values['record'] !== undefined && { id: values['record'] }),
              ...(values['comment'] !== undefined && { comment: values['comment'] }),
            },
          ],
        });
        const { recording } = parts();
        const checked = await form.check(actor, async (data) =>
          recording.record(commandOfForm(actor, { key: randomUUID() }, request(data), true)),
        );
        // A form that was recorded before is answered with what it recorded, whatever the rules say by now.
        if (step === 'propose' && checked.adjustable)
          return proposeFrom(parts(), actor, values, { do: 'record', ...request(await form.data()) });
        if (step !== 'record' || checked.errors.length > 0) {
          if (checked.errors.length > 0) return showForm(actor, form, checked);
          const { reference } = await settingOf(type, actor);
          return {
            view: 'record-check',
            context: {
              title: typeTitle(type),
              action: `/record/${type}`,
              values,
              answers: answersInWords(
                form.fields,
                checked.data,
                reference,
                checked.persons,
                recording.parts.today(),
              ),
            },
          };
        }
        const outcome = await recording.record(commandOfForm(actor, values, request(await form.data())));
        return { redirect: recordedAddress(outcome) };
      },
    },
  ];
}

/** One more row of a kind, where its button was pressed. */
export function withMoreRows(values: Fields, step: string): Fields {
  const rows = /^add:(\w{1,40})$/.exec(step)?.[1];
  if (rows === undefined) return values;
  const shown = Number(values[`${rows}-rows`] ?? 1);
  return { ...values, [`${rows}-rows`]: String(shown + 1) };
}

/** A further step of a record begins with what the record says already. */
async function continued(
  parts: RecordingPagesParts,
  type: FormType,
  record: string | undefined,
): Promise<Record<string, string>> {
  if (record === undefined) return {};
  const id = Id.safeParse(record);
  const thing = id.success ? await parts.recording.read(kindOfRecord(type), id.data) : undefined;
  const first = thing?.contents.find(({ withdrawn }) => !withdrawn)?.event;
  if (first === undefined)
    throw new ProblemError(
      404,
      'UNKNOWN_RECORD',
      'There is no such record to go on with; look it up at /records.',
    );
  const { occurred: _, from: __, ...same } = first.data as Readonly<Record<string, unknown>>;
  const { register } = await parts.recording.parts.reference();
  const names = { body: bodyNameOn(register, parts.recording.parts.today()), person: parts.nameOf };
  return { ...(await writeForm(new FilledForm(parts, type, {}).fields, same, names)), record };
}
