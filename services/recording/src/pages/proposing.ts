import type { Actor } from '@ledger/access';
import type { Fault } from '@ledger/domain';
import type { Fields, PageAnswer } from '@ledger/http';
import { proposeAdjustment } from '../application/adjustments';
import { commandOfForm, type RecordingPagesParts } from './parts';

/** Whether a change is refused for nothing but lying in closed time. */
export function isOnlyClosed(faults: readonly Fault[]): boolean {
  return faults.length > 0 && faults.every(({ code }) => code === 'closed-time');
}

/** Proposes what a form asks for, with the reason and note of the form, and goes to the adjustment. */
export async function proposeFrom(
  { recording }: Pick<RecordingPagesParts, 'recording'>,
  actor: Actor,
  form: Fields,
  change: Readonly<Record<string, unknown>>,
): Promise<Extract<PageAnswer, { redirect: string }>> {
  const { reason, note } = form;
  const request = { change, reason, ...(note !== undefined && { note }) };
  const { records, cursor } = await proposeAdjustment(recording, commandOfForm(actor, form, request));
  const id = records.find(({ kind }) => kind === 'adjustment')?.id ?? '';
  return { redirect: addressOfAdjustment(id, cursor) };
}

/** The page of an adjustment that was just proposed. */
export function addressOfAdjustment(id: string, cursor: string | null): string {
  return `/adjustments/${id}${cursor === null ? '' : `?after=${encodeURIComponent(cursor)}`}`;
}
