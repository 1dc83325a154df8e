import {
  evolveAdjustment,
  evolveThing,
  isThingKind,
  newThing,
  type Adjustment,
  type Thing,
  type WithheldWrite,
} from '@ledger/domain';
import { parseStream, readContent, streamOf } from '@ledger/events';
import { recordDocument } from '../../documents/record-document';
import type { DecodedEvent } from '../../runtime/decoded-event';
import type { AdjustedRecord, AdjustmentAnswer, AdjustmentsAnswer, AskedAt } from '../answers';
import type { Asking, Ground } from '../asking';
import { foldEvents, readEvents } from '../log-streams';
import { changesBetween } from '../records/changes';
import { summary } from '../records/summary';
import { mayRead, type Viewer } from '../viewer';

/** How many records of one adjustment are shown; the rest are counted. */
const mostShown = 100;

/** A thing with the withheld events of it, as it would be. */
function withWithheld(thing: Thing, { events }: WithheldWrite): Thing {
  return events.reduce(
    (folded, { id, type, schemaVersion, data, illustrative }) =>
      evolveThing(folded, {
        eventId: id,
        position: 0n,
        revision: folded.revision + 1n,
        illustrative: illustrative === true,
        // Nobody has done it yet.
        actor: '',
        event: readContent(type, schemaVersion, data, null),
      }),
    thing,
  );
}

/** What an adjustment does to one record; undefined where that is not for the viewer, or is no record. */
async function adjusted(
  asking: Asking,
  ground: Ground,
  viewer: Viewer,
  write: WithheldWrite,
): Promise<AdjustedRecord | undefined> {
  const parsed = parseStream(write.stream);
  if (parsed === undefined || !isThingKind(parsed.kind)) return undefined;
  const decidedOn = write.after === undefined ? -1 : write.after;
  const events = (await readEvents(asking.log, write.stream, ground.upTo)).filter(
    ({ revision }) => revision <= BigInt(decidedOn),
  );
  const before = foldEvents(events);
  const after = withWithheld(before ?? newThing(parsed.kind, parsed.id), write);
  const documents = [recordDocument(after), ...(before === undefined ? [] : [recordDocument(before)])];
  if (!documents.every((document) => mayRead(ground.catalogue, document, viewer))) return undefined;
  return {
    record: summary(ground, parsed.kind, parsed.id, recordDocument(after)),
    isNew: before === undefined,
    does: write.events.map(({ type }) => type),
    changes: changesBetween(before, after).filter(
      ({ field }) => viewer.persons || !/^(team|person)\b/.test(field),
    ),
  };
}

/** The imports that writes begin: those of a file, or of a list, that is proposed. */
function importsIn(writes: readonly WithheldWrite[]): AdjustmentAnswer['imports'] {
  return writes.flatMap(({ stream, events }) => {
    const parsed = parseStream(stream);
    if (parsed?.kind !== 'import') return [];
    return events.flatMap(({ type, schemaVersion, data }) => {
      const event = readContent(type, schemaVersion, data, null);
      if (event.type !== 'ImportAccepted') return [];
      return [{ id: parsed.id, label: event.data.label, rows: event.data.rows }];
    });
  });
}

function decisionOf(events: readonly DecodedEvent[]): AdjustmentAnswer['decided'] {
  const last = events.at(-1);
  if (last === undefined || last.event.type === 'AdjustmentProposed') return null;
  const { body, event, position } = last;
  return {
    position: String(position),
    by: body.actor,
    at: body.recordedAt,
    noteRef: 'noteRef' in event.data ? (event.data.noteRef ?? null) : null,
  };
}

async function answerOf(
  asking: Asking,
  ground: Ground,
  viewer: Viewer,
  id: string,
): Promise<AdjustmentAnswer | undefined> {
  const events = await readEvents(asking.log, streamOf('adjustment', id), ground.upTo);
  let adjustment: Adjustment | undefined;
  for (const { body, event } of events)
    adjustment = evolveAdjustment(adjustment, id, { eventId: body.id, actor: body.actor, event });
  const [first] = events;
  if (adjustment === undefined || first === undefined) return undefined;
  const ofRecords = adjustment.writes.filter(({ stream }) => !stream.startsWith('import-'));
  const shown: AdjustedRecord[] = [];
  for (const write of ofRecords.slice(0, mostShown)) {
    const one = await adjusted(asking, ground, viewer, write);
    if (one !== undefined) shown.push(one);
  }
  return {
    id,
    state: adjustment.state,
    position: String(first.position),
    proposedBy: adjustment.proposedBy,
    proposedAt: first.body.recordedAt,
    reason: adjustment.reason,
    noteRef: adjustment.noteRef,
    decided: decisionOf(events),
    imports: importsIn(adjustment.writes),
    recordCount: ofRecords.length,
    records: shown,
    notShown: ofRecords.length - shown.length,
  };
}

/** What was proposed to be changed in closed time, and what became of it; the newest first. */
export async function adjustments(
  asking: Asking,
  { viewer, id, at }: { readonly viewer: Viewer; readonly id?: string; readonly at?: AskedAt },
): Promise<AdjustmentsAnswer> {
  const ground = await asking.ground(at);
  const ids = id === undefined ? await asking.adjustmentIds(ground.position) : [id];
  const found: AdjustmentAnswer[] = [];
  for (const one of ids) {
    const answer = await answerOf(asking, ground, viewer, one);
    if (answer !== undefined) found.push(answer);
  }
  return { ...ground.answered, adjustments: found.reverse() };
}
