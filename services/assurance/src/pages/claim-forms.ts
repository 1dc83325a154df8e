import { randomUUID } from 'node:crypto';
import { DecisionRefused, type Fault } from '@ledger/domain';
import type { Fields, Page, PageAnswer, PageCall } from '@ledger/http';
import { isOnlyClosed } from '@ledger/recording';
import type { AssuranceParts } from '../parts';
import { toldClaim, type ToldClaim } from '../routes/told-claim';
import { afterwards, formErrors, type FormError } from './parts';

/** What the page of a form is made of. */
export interface FormShown {
  readonly call: PageCall;
  readonly told: ToldClaim;
  /** What was typed, with the key that the form is sent under and the revision it was shown at. */
  readonly values: Fields;
  readonly errors: readonly FormError[];
  /** Whether it was refused for nothing but lying in closed time. */
  readonly closed: boolean;
}

/** A form about one claim. */
export interface ClaimForm {
  readonly path: string;
  readonly permission: Page['permission'];
  readonly takesFile?: true;
  readonly view: string;
  /** The names of its fields: a fault of one leads to it. */
  readonly fields: (told: ToldClaim) => readonly string[];
  /** What its page shows beside the claim, what was typed and what was wrong. */
  readonly shown: (
    shown: FormShown,
  ) => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>;
  /** Proposes what was sent as an adjustment to closed time, where that can be. @throws DecisionRefused */
  readonly propose?: (call: PageCall, id: string) => Promise<PageAnswer>;
  /** Does what was sent. @throws DecisionRefused */
  readonly send: (call: PageCall, id: string) => Promise<{ readonly cursor: string | null }>;
}

/** The pages of a form about a claim: it is shown, sent, and shown again with what was refused. */
export function claimFormPages(
  parts: () => AssuranceParts,
  { path, permission, takesFile, view, fields, shown, send, propose }: ClaimForm,
): readonly Page[] {
  const show = async (call: PageCall, faults: readonly Fault[]): Promise<PageAnswer> => {
    const told = await toldClaim(parts(), call.actor, call.params['id'] ?? '');
    const values: Fields = { key: randomUUID(), revision: told.revision, ...call.form };
    const errors = formErrors(faults, new Set(fields(told)));
    const closed = isOnlyClosed(faults);
    return {
      view,
      context: { told, errors, values, ...(await shown({ call, told, values, errors, closed })) },
      ...(errors.length > 0 && { status: 422 }),
    };
  };
  return [
    { method: 'get', path, permission, show: (call) => show(call, []) },
    {
      method: 'post',
      path,
      permission,
      ...(takesFile === true && { takesFile }),
      show: async (call) => {
        const id = call.params['id'] ?? '';
        try {
          if (propose !== undefined && call.form['step'] === 'propose') return await propose(call, id);
          const { cursor } = await send(call, id);
          return { redirect: afterwards(`/claims/${id}`, cursor) };
        } catch (error) {
          if (!(error instanceof DecisionRefused)) throw error;
          return show(call, error.faults);
        }
      },
    },
  ];
}
