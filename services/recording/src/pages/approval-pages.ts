import { DecisionRefused, thingKinds } from '@ledger/domain';
import { Id } from '@ledger/events';
import { ProblemError, upperFirst, type Page } from '@ledger/http';
import { z } from 'zod';
import { approveRecord } from '../application/approvals';
import { commandOfForm, type RecordingPagesParts } from './parts';

const Named = z.object({ kind: z.enum(thingKinds), id: Id });

/** Approving a record, from its page; what is refused is said, and nothing is recorded. */
export function approvalPages(parts: () => RecordingPagesParts): readonly Page[] {
  return [
    {
      method: 'post',
      path: '/records/{kind}/{id}/approve',
      permission: 'records:approve',
      show: async ({ actor, form, params }) => {
        const named = Named.safeParse(params);
        if (!named.success)
          throw new ProblemError(404, 'UNKNOWN_RECORD', 'There is no such record; look it up at /records.');
        const { kind, id } = named.data;
        const { revision } = form;
        const name = { kind, id, ...(revision !== undefined && { ifMatch: revision }) };
        try {
          const { cursor } = await approveRecord(parts().recording, name, commandOfForm(actor, form, {}));
          const query = cursor === null ? '' : `?after=${encodeURIComponent(cursor)}`;
          return { redirect: `/records/${kind}/${id}${query}` };
        } catch (error) {
          if (!(error instanceof DecisionRefused)) throw error;
          const said = error.faults.map(({ message }) => upperFirst(message)).join('; ');
          throw new ProblemError(422, 'REFUSED', `${said}. Nothing was recorded.`);
        }
      },
    },
  ];
}
