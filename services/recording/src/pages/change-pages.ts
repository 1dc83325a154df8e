import { randomUUID } from 'node:crypto';
import { DecisionRefused, type Thing, type ThingKind } from '@ledger/domain';
import { Id } from '@ledger/events';
import { upperFirst, type Page, type PageAnswer, type PageCall } from '@ledger/http';
import { stepTitle, typeTitle } from '@ledger/pages';
import type { Outcome } from '../application/outcome';
import { recordToChange } from './correct-pages';
import { commandOfForm, reasonsToChoose, type RecordingPagesParts } from './parts';
import { isOnlyClosed, proposeFrom } from './proposing';
import { recordedAddress } from './recording-pages';

/** A change that needs a reason, and perhaps another record. */
interface Change {
  readonly slug: string;
  readonly title: string;
  readonly button: string;
  /** The label of the field for the other record, where there is one. */
  readonly other?: string;
  readonly run: (
    call: PageCall,
    parts: RecordingPagesParts,
    request: Readonly<Record<string, unknown>>,
  ) => Promise<Outcome>;
  /** What the command takes beside the reason, where the change is proposed as an adjustment. */
  readonly named: (call: PageCall, thing: Thing) => Readonly<Record<string, unknown>>;
}

const oneRecord: Change['named'] = (_call, { kind, id }) => ({ record: `${kind}:${id}` });

const changes: readonly Change[] = [
  {
    slug: 'withdraw',
    title: 'Withdraw this record',
    button: 'Withdraw',
    run: ({ params, form, actor }, { recording }, request) =>
      recording.withdraw(nameOf(params, form), commandOfForm(actor, form, request)),
    named: oneRecord,
  },
  {
    slug: 'reinstate',
    title: 'Reinstate this record',
    button: 'Reinstate',
    run: ({ params, form, actor }, { recording }, request) =>
      recording.reinstate(nameOf(params, form), commandOfForm(actor, form, request)),
    named: oneRecord,
  },
  {
    slug: 'merge',
    title: 'Merge this record into another',
    button: 'Merge',
    other: 'The record that stays',
    run: ({ params, form, actor }, { recording }, request) =>
      recording.merge(
        commandOfForm(actor, form, { ...request, merged: params['id'], survivor: otherOf(form) }),
      ),
    named: ({ form }, { id }) => ({ merged: id, survivor: otherOf(form) }),
  },
  {
    slug: 'undo-merge',
    title: 'Undo the merge of this record',
    button: 'Undo the merge',
    run: async ({ params, form, actor }, parts, request) => {
      const thing = await recordToChange(parts, actor, params);
      const survivor = thing.mergedInto ?? '';
      return parts.recording.undoMerge(
        commandOfForm(actor, form, { ...request, merged: thing.id, survivor }),
      );
    },
    named: (_call, { id, mergedInto }) => ({ merged: id, survivor: mergedInto ?? '' }),
  },
];

function nameOf(
  params: PageCall['params'],
  form: PageCall['form'],
): { kind: ThingKind; id: string; ifMatch: string } {
  // The page of the record has checked both.
  const kind = params['kind'] as ThingKind;
  return { kind, id: params['id'] ?? '', ifMatch: form['revision'] ?? '' };
}

/** The other record: its id, or the address of its page. */
function otherOf(form: PageCall['form']): string {
  const typed = form['other']?.trim() ?? '';
  return /([0-9a-f-]{36})(?:\?.*)?$/.exec(typed)?.[1] ?? typed;
}

/** Withdrawing, reinstating, merging and undoing a merge, each with a reason. */
export function changePages(parts: () => RecordingPagesParts): readonly Page[] {
  const show = async (
    change: Change,
    call: PageCall,
    values: PageCall['form'],
    errors: readonly { readonly text: string; readonly field: string | null }[],
    adjustable = false,
  ): Promise<PageAnswer> => {
    const thing = await recordToChange(parts(), call.actor, call.params);
    const last = thing.contents.at(-1);
    return {
      view: 'change',
      context: {
        change,
        reasons: reasonsToChoose,
        errors,
        adjustable,
        values: { key: randomUUID(), revision: String(thing.revision), ...values },
        record: {
          kind: thing.kind,
          id: thing.id,
          title: last === undefined ? '' : typeTitle(last.event.type),
          state: stepTitle(last?.event.type ?? ''),
        },
      },
      ...(errors.length > 0 && { status: 422 }),
    };
  };
  return changes.flatMap((change): Page[] => [
    {
      method: 'get',
      path: `/records/{kind}/{id}/${change.slug}`,
      permission: 'records:write',
      // A list of likely duplicates names the other record already.
      show: (call) => show(change, call, { other: call.query['other'] ?? '' }, []),
    },
    {
      method: 'post',
      path: `/records/{kind}/{id}/${change.slug}`,
      permission: 'records:write',
      show: async (call) => {
        const thing = await recordToChange(parts(), call.actor, call.params);
        const { form } = call;
        if (change.other !== undefined && !Id.safeParse(otherOf(form)).success)
          return show(change, call, form, [
            { text: 'Give the id of the other record, or the address of its page', field: 'other' },
          ]);
        const note = form['note'];
        const why = { reason: form['reason'], ...(note !== undefined && { note }) };
        try {
          if (form['step'] === 'propose')
            return await proposeFrom(parts(), call.actor, form, {
              do: change.slug,
              ...change.named(call, thing),
              ...why,
            });
          const outcome = await change.run(call, parts(), why);
          return { redirect: recordedAddress(outcome) };
        } catch (error) {
          if (!(error instanceof DecisionRefused)) throw error;
          const fields = new Set(['reason', 'note']);
          return show(
            change,
            call,
            form,
            error.faults.map(({ code, path, message }) =>
              path === 'reason' && (code === 'missing' || code === 'not-among')
                ? { text: 'Choose a reason', field: 'reason' }
                : {
                    text: upperFirst(message),
                    field: fields.has(path) ? path : change.other === undefined ? null : 'other',
                  },
            ),
            isOnlyClosed(error.faults),
          );
        }
      },
    },
  ]);
}
