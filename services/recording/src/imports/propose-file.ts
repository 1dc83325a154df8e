import type { AppendResult } from '@ledger/event-log';
import { enforcedChecks } from '../application/enforced-checks';
import { refused } from '../application/faults';
import { isMeanwhile } from '../application/meanwhile';
import { mostWithheld } from '../application/most-withheld';
import { proposalOf, whyProposed } from '../application/propose-in-parts';
import { importWrite } from './accepted';
import { attempt, mostAtOnceOf, type Attempt, type FileProposal, type Importing } from './attempt-import';
import { isLoadable } from './report';

/**
 * Refuses to propose what can simply be recorded, and what one approval cannot record.
 * @throws DecisionRefused
 */
export function refuseProposal(
  { recording, file }: Pick<Importing, 'recording' | 'file'>,
  { report: { totals }, tried: { events } }: Pick<Attempt, 'report' | 'tried'>,
): void {
  if (file.proposal === undefined || events === 0) return;
  if (totals.closed === 0)
    throw refused(
      'closed-time',
      'file',
      'no row of this file lies wholly in closed time; import it the usual way',
    );
  const most = mostAtOnceOf({ recording, file });
  if (events > most)
    throw refused(
      'too-many',
      'file',
      `an adjustment is approved in one step and holds at most ${mostWithheld(recording.parts.log)} events, and this file is of ${events}; have the period reopened where it is provisionally closed, or propose the file in several of at most ${most} rows`,
    );
}

/** A file that was proposed, what stands in its way, or that it changed meanwhile. */
type Proposed =
  | { readonly now: Attempt; readonly result: AppendResult }
  | { readonly now: Attempt; readonly result: undefined }
  | { readonly changedMeanwhile: unknown };

/**
 * Holds back all that a file would record, as one adjustment: a file is whole or not there, so its rows in open time wait
 * with those in closed time. Approving it records the file as an import like any other.
 */
export async function proposeFile(
  importing: Importing,
  proposal: FileProposal,
  tried: Attempt,
): Promise<Proposed> {
  const { recording, stamped } = importing;
  const { log, vault } = recording.parts;
  const { added } = tried.people;
  // Whom a withheld record names is in the vault before it is named, as for any record.
  if (added > 0) await tried.people.keep();
  let now = tried;
  if (added > 0 || tried.tried.pending === undefined) {
    const again = await attempt(importing, 'few');
    now = { ...again, report: { ...again.report, totals: { ...again.report.totals, newPeople: added } } };
  }
  const { events, pending, rows } = now.tried;
  if (!isLoadable(now.report.totals) || pending === undefined) return { now, result: undefined };
  const own = await importWrite(importing, now.setting, { rows: rows.length, events });
  const why = await whyProposed(vault, stamped, proposal);
  const write = await proposalOf(recording, stamped, [own, ...pending.writes()], why, false);
  try {
    const result = await log.append({
      writes: [write],
      checks: enforcedChecks(log, pending.checks()),
      command: stamped.stamp,
      correlationId: stamped.id,
      causationId: stamped.id,
    });
    return { now, result };
  } catch (error) {
    if (isMeanwhile(error)) return { changedMeanwhile: error };
    throw error;
  }
}
