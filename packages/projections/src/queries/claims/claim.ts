import { claimOf, gradeOf, gradeRule, missingForSubmission, nextConfirmation } from '@ledger/domain';
import { streamOf } from '@ledger/events';
import { recordDocument } from '../../documents/record-document';
import type { DecodedEvent } from '../../runtime/decoded-event';
import type { AskedAt } from '../answers';
import type { Asking } from '../asking';
import { foldEvents, readEvents } from '../log-streams';
import { historyOf } from '../records/records';
import { mayRead, type Viewer } from '../viewer';
import type { ClaimAnswer, ThreadEntry } from './claim-answers';
import { claimSummary } from './claim-summary';

/** The questions of finance with their answers, the oldest first. */
function threadOf(events: readonly DecodedEvent[]): readonly ThreadEntry[] {
  const thread = new Map<string, ThreadEntry>();
  for (const { body, event } of events) {
    const said = { by: body.actor, at: body.recordedAt };
    if (event.type === 'ClaimQueried') {
      const { query, due, noteRef } = event.data;
      thread.set(query, { query, due, asked: { ...said, noteRef }, answered: null });
    }
    const asked = event.type === 'ClaimAnswered' ? thread.get(event.data.query) : undefined;
    if (event.type === 'ClaimAnswered' && asked !== undefined)
      thread.set(asked.query, { ...asked, answered: { ...said, noteRef: event.data.noteRef } });
  }
  return [...thread.values()];
}

/** One claim: what it says, how far it has come, what it lacks, and how it came to say this. */
export async function claim(
  asking: Asking,
  id: string,
  viewer: Viewer,
  at?: AskedAt,
): Promise<ClaimAnswer | undefined> {
  const ground = await asking.ground(at);
  const events = await readEvents(asking.log, streamOf('claim', id), ground.upTo);
  const thing = foldEvents(events);
  const found = thing && claimOf(thing);
  if (thing === undefined || found === undefined) return undefined;
  if (!mayRead(ground.catalogue, recordDocument(thing), viewer)) return undefined;
  const told = events.filter(({ revision }) => revision <= thing.revision);
  const { life, content } = found;
  return {
    ...ground.answered,
    illustrative: thing.illustrative,
    claim: claimSummary(ground, thing),
    revision: String(thing.revision),
    content,
    baseline: life.baseline,
    evidence: life.evidence,
    missing: missingForSubmission(found),
    confirmation: nextConfirmation(found) ?? null,
    persons: { submitted: life.submittedBy, agreed: life.agreedBy, verified: life.verifiedBy },
    worksheet: life.worksheet && {
      ...life.worksheet,
      grade: gradeOf(life.worksheet.tests),
      rule: gradeRule,
    },
    thread: threadOf(told),
    history: historyOf(told, viewer),
  };
}
