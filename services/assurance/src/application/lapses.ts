import { decideClaim } from '@ledger/domain';
import { seesEverything } from '@ledger/projections';
import { parseRequest, refused, type Command, type Outcome } from '@ledger/recording';
import { z } from 'zod';
import type { AssuranceParts } from '../parts';

export const LapsesRequest = z.strictObject({ note: z.string().min(1).max(4000).optional() });

/** So many claims lapse in one append; the rest in the next. */
const mostAtOnce = 500;

/**
 * Lets every recurring gain lapse whose confirmation is overdue, in one append: what was estimated of each is reversed,
 * never dropped without a word (B9).
 * @throws DecisionRefused, also where nothing is overdue; EventLogError
 */
export async function lapseOverdue(
  { recording, queries, whenUpToDate }: AssuranceParts,
  command: Command,
): Promise<Outcome> {
  const { note } = parseRequest(LapsesRequest, command.request);
  return recording.run('lapse-overdue', command, async (stamped) => {
    await whenUpToDate();
    const today = recording.parts.today();
    const { confirmations } = await queries.confirmations({ viewer: seesEverything, today });
    const overdue = confirmations.filter((one) => one.overdue);
    if (overdue.length === 0)
      throw refused(
        'nothing-overdue',
        'confirmations',
        'none is overdue, so no gain lapses; confirmations that are to come are listed with the day each is due',
      );
    const pending = recording.pending(stamped, await recording.parts.reference());
    const noteRef =
      note === undefined
        ? undefined
        : await recording.parts.vault.putNote({ commandKey: `${stamped.id}/note`, text: note });
    const data = noteRef === undefined ? {} : { noteRef };
    for (const { claim } of overdue.slice(0, mostAtOnce)) {
      const thing = await pending.thing('claim', claim.id);
      const context = { actor: command.actor, today };
      for (const event of decideClaim(thing, { step: 'lapse', data }, context))
        await pending.add(thing, event);
    }
    return recording.planned(pending, []);
  });
}
