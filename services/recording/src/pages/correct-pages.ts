import { randomUUID } from 'node:crypto';
import { programmesFor, type Actor } from '@ledger/access';
import { thingKinds, type StandingContent, type Thing } from '@ledger/domain';
import { Id } from '@ledger/events';
import { ProblemError, type Fields, type Page, type PageAnswer } from '@ledger/http';
import { typeTitle } from '@ledger/pages';
import { z } from 'zod';
import { checkOwnProgramme } from '../application/own-programme';
import type { RecordName } from '../application/recording';
import { formFields, isFormType, type FormType } from '../forms/form-fields';
import type { ReadForm } from '../forms/read-form';
import { writeForm } from '../forms/write-form';
import { differences } from './differences';
import { FilledForm } from './filled-form';
import { formContext } from './form-view';
import { bodyNameOn } from './names-on-forms';
import { proposeFrom } from './proposing';
import { commandOfForm, reasonsToChoose, type RecordingPagesParts } from './parts';
import { recordedAddress, withMoreRows } from './recording-pages';

const Named = z.object({ kind: z.enum(thingKinds), id: Id });

/** The record that an address names, if the user writes for its programme. @throws ProblemError, NotYourProgrammeError */
export async function recordToChange(
  { recording }: RecordingPagesParts,
  actor: Actor,
  params: Fields,
): Promise<Thing> {
  const named = Named.safeParse(params);
  const thing = named.success ? await recording.read(named.data.kind, named.data.id) : undefined;
  if (thing === undefined || thing.contents.length === 0)
    throw new ProblemError(404, 'UNKNOWN_RECORD', 'There is no such record; look it up at /records.');
  const { catalogue } = await recording.parts.reference();
  const contents = thing.contents.map(({ event }) => event);
  checkOwnProgramme(catalogue, programmesFor(actor, 'records:write'), contents, 'id');
  return thing;
}

/** The content of a record that is corrected: the one named, or the last that stands. */
function contentToCorrect(thing: Thing, event: string | undefined): StandingContent & { type: FormType } {
  const content =
    thing.contents.find(({ eventId }) => eventId === event) ??
    thing.contents.findLast(({ withdrawn }) => !withdrawn);
  const type = content?.event.type;
  if (content === undefined || type === undefined || !isFormType(type))
    throw new ProblemError(
      404,
      'NOT_FOUND',
      'This record has no form; correct it with the API or the command.',
    );
  return { ...content, type };
}

type Data = Readonly<Record<string, unknown>>;

/** Correcting by form: the record as it is, the change checked old → new, and a conflict shown field by field. */
export function correctPages(parts: () => RecordingPagesParts): readonly Page[] {
  const valuesOf = async (type: FormType, data: Data): Promise<Record<string, string>> => {
    const { recording, nameOf } = parts();
    const { register } = await recording.parts.reference();
    return writeForm(formFields(type), data, {
      body: bodyNameOn(register, recording.parts.today()),
      person: nameOf,
    });
  };

  const show = async (
    actor: Actor,
    form: FilledForm,
    problems: Partial<Pick<Parameters<typeof formContext>[0], 'errors' | 'questions' | 'wantsComment'>>,
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<PageAnswer> => {
    const { recording } = parts();
    const errors = problems.errors ?? [];
    return {
      view: 'correct-form',
      context: {
        ...formContext({
          fields: form.fields,
          values: form.values,
          errors,
          questions: problems.questions ?? [],
          wantsComment: problems.wantsComment ?? false,
          setting: {
            type: form.type,
            reference: await recording.parts.reference(),
            programmes: programmesFor(actor, 'records:write'),
          },
        }),
        reasons: reasonsToChoose,
        ...more,
      },
      ...(errors.length > 0 && { status: 422 }),
    };
  };

  return [
    {
      method: 'get',
      path: '/records/{kind}/{id}/correct',
      permission: 'records:write',
      show: async ({ params, query, actor }) => {
        const thing = await recordToChange(parts(), actor, params);
        const { eventId, event, type } = contentToCorrect(thing, query['event']);
        const begun = {
          ...(await valuesOf(type, event.data)),
          key: randomUUID(),
          event: eventId,
          revision: String(thing.revision),
        };
        return show(actor, new FilledForm(parts(), type, begun), {});
      },
    },
    {
      method: 'post',
      path: '/records/{kind}/{id}/correct',
      permission: 'records:write',
      show: async ({ params, form: sent, actor }) => {
        const { recording } = parts();
        const thing = await recordToChange(parts(), actor, params);
        const { eventId, event, type } = contentToCorrect(thing, sent['event']);
        const step = sent['step'] ?? 'continue';
        const form = new FilledForm(parts(), type, withMoreRows(sent, step));
        if (step === 'change' || step.startsWith('add:')) return show(actor, form, {});
        if (sent['revision'] !== String(thing.revision)) {
          const repeated = await conflictOrRepeat(thing, form, eventId, actor);
          if (repeated !== undefined) return repeated;
        }
        const name: RecordName = { kind: thing.kind, id: thing.id, ifMatch: sent['revision'] ?? '' };
        const request = (data: ReadForm['data']): Readonly<Record<string, unknown>> => ({
          corrects: eventId,
          type,
          data: { ...carriedOver(type, event.data), ...data },
          reason: sent['reason'],
          ...(sent['note'] !== undefined && { note: sent['note'] }),
          ...(sent['comment'] !== undefined && { comment: sent['comment'] }),
        });
        const checked = await form.check(actor, async (data) =>
          recording.correct(name, commandOfForm(actor, { key: randomUUID() }, request(data), true)),
        );
        if (step === 'propose' && checked.adjustable)
          return proposeFrom(parts(), actor, sent, {
            do: 'correct',
            record: `${thing.kind}:${thing.id}`,
            ...request(await form.data()),
          });
        if (checked.errors.length > 0) return show(actor, form, checked, { adjustable: checked.adjustable });
        if (step !== 'record')
          return {
            view: 'correct-check',
            context: {
              title: typeTitle(type),
              values: sent,
              action: `/records/${thing.kind}/${thing.id}/correct`,
              changes: differences(form.fields, await valuesOf(type, event.data), sent),
            },
          };
        const outcome = await recording.correct(name, commandOfForm(actor, sent, request(await form.data())));
        return { redirect: recordedAddress(outcome) };
      },
    },
  ];

  /** Somebody changed the record meanwhile, or this very form was sent before. */
  async function conflictOrRepeat(
    thing: Thing,
    form: FilledForm,
    eventId: string,
    actor: Actor,
  ): Promise<PageAnswer | undefined> {
    const { recording } = parts();
    const sent = form.values;
    const earlier = /^\d{1,15}$/.test(sent['revision'] ?? '') ? BigInt(sent['revision'] ?? 0) : undefined;
    if (earlier === undefined || earlier > thing.revision) return undefined;
    const outcome = await recording.firstResult('correct', commandOfForm(actor, sent, null));
    if (outcome !== undefined) return { redirect: recordedAddress(outcome) };
    const before = await recording.read(thing.kind, thing.id, earlier + 1n);
    const began = await valuesOf(form.type, contentToCorrect(before, eventId).event.data);
    const now = await valuesOf(form.type, contentToCorrect(thing, eventId).event.data);
    const theirs = differences(form.fields, began, now);
    const yours = new Set(differences(form.fields, began, sent).map(({ id }) => id));
    // Yours where you changed it, theirs everywhere else; what both changed is for you to look at.
    const merged: Record<string, string> = { ...sent, revision: String(thing.revision) };
    for (const { id } of theirs) {
      if (yours.has(id)) continue;
      const value = now[id];
      if (value === undefined) delete merged[id];
      else merged[id] = value;
    }
    return {
      ...(await show(
        actor,
        new FilledForm(parts(), form.type, merged),
        {},
        {
          conflict: theirs.map((change) => ({
            ...change,
            yours: sent[change.id] ?? '',
            both: yours.has(change.id),
          })),
        },
      )),
      status: 409,
    };
  }
}

/** What the form has no field for stays as it is. */
function carriedOver(type: FormType, data: Data): Data {
  const asked = new Set(formFields(type).map(({ name }) => name));
  return Object.fromEntries(Object.entries(data).filter(([name]) => !asked.has(name)));
}
