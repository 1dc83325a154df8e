import type { Page } from '@ledger/http';
import { decideOnAdjustment } from '../application/adjustments';
import { commandOfForm, type RecordingPagesParts } from './parts';

/** Approving and declining, from the page of an adjustment. */
export function adjustmentPages(parts: () => RecordingPagesParts): readonly Page[] {
  return [
    {
      method: 'post',
      path: '/adjustments/{id}/decision',
      permission: 'adjustments:decide',
      show: async ({ actor, form, params }) => {
        const { decision, note } = form;
        const id = params['id'] ?? '';
        const request = note === undefined ? {} : { note };
        const command = commandOfForm(actor, form, request);
        const { cursor } = await decideOnAdjustment(
          parts().recording,
          id,
          decision === 'approve' ? 'approve' : 'decline',
          command,
        );
        return {
          redirect: `/adjustments/${id}${cursor === null ? '' : `?after=${encodeURIComponent(cursor)}`}`,
        };
      },
    },
  ];
}
