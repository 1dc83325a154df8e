import {
  correctBack,
  decideWithdrawal,
  isRecordContent,
  isThingKind,
  refuseIfAny,
  type DecidedEvent,
  type Thing,
} from '@ledger/domain';
import {
  canonicalJson,
  decodeStoredBody,
  derivedId,
  isEventType,
  parseStream,
  readEvent,
  streamOf,
  type StoredBody,
} from '@ledger/events';
import type { EventLog, RecordedEvent } from '@ledger/event-log';
import type { Command, StampedCommand } from './command';
import { parseRequest, refused } from './faults';
import { checkOwnProgramme } from './own-programme';
import { readThing } from './read-thing';
import type { Outcome } from './outcome';
import type { Recording } from './recording';
import { ImportRequest, ReversalRequest } from './request-schemas';

/** An event of an import’s own stream; of each type a command writes one. */
export function stampedImport(
  at: StampedCommand,
  type: 'ImportAccepted' | 'ImportCompleted' | 'ImportReversed',
  data: unknown,
) {
  return { id: derivedId('event', at.id, type), type, schemaVersion: 1, data };
}

/**
 * Records many items as one import, which can be reversed whole. It is one append: all of it or nothing. The same
 * content again is the same import, and adds nothing.
 */
export async function importRecords(recording: Recording, command: Command): Promise<Outcome> {
  const { label, records } = parseRequest(ImportRequest, command.request);
  const { vault } = recording.parts;
  const contentHash = vault.keyed(canonicalJson(records));
  // The content is the key: importing it again answers with what was recorded the first time.
  const once = { ...command, key: `import/${contentHash}`, request: { contentHash } };
  return recording.run('import', once, async (stamped) => {
    const id = derivedId('import', contentHash);
    if ((await recording.parts.log.streamRevision(streamOf('import', id))) !== undefined)
      throw refused(
        'imported-once',
        'records',
        `this content is recorded already, as the import ${id}; nothing was added`,
      );
    const planned = await recording.planRecords(stamped, command.programmes, records, 'records', (at) => ({
      import: { id, row: at + 1 },
    }));
    const events = planned.writes.reduce((sum, write) => sum + write.events.length, 0);
    const stream = streamOf('import', id);
    return {
      ...planned,
      writes: [
        {
          stream,
          expected: 'no-stream',
          events: [
            stampedImport(stamped, 'ImportAccepted', { label, rows: records.length, contentHash }),
            stampedImport(stamped, 'ImportCompleted', { events }),
          ],
        },
        ...planned.writes,
      ],
    };
  });
}

/** An event of an import, read. */
interface ImportedEvent {
  readonly recorded: RecordedEvent;
  readonly body: StoredBody;
}

/** The events an import recorded, found from its own stream on. */
export async function eventsOfImport(log: EventLog, id: string): Promise<ImportedEvent[]> {
  const stream = streamOf('import', id);
  const own: ImportedEvent[] = [];
  for await (const recorded of log.readStream(stream))
    own.push({ recorded, body: decodeStoredBody(recorded.bytes) });
  const accepted = own.find(({ body }) => body.type === 'ImportAccepted');
  const completed = own.find(({ body }) => body.type === 'ImportCompleted');
  if (accepted === undefined || completed === undefined)
    throw refused('import-exists', 'id', `there is no completed import with the id ${id}`);
  const { events: count } = readCompleted(completed.body);
  const found: ImportedEvent[] = [];
  for await (const recorded of log.readAll({ from: accepted.recorded.position })) {
    const body = decodeStoredBody(recorded.bytes);
    if (body.import?.id === id) found.push({ recorded, body });
    if (found.length === count) break;
  }
  return found;
}

async function isReversed(log: EventLog, id: string): Promise<boolean> {
  for await (const { bytes } of log.readStream(streamOf('import', id)))
    if (decodeStoredBody(bytes).type === 'ImportReversed') return true;
  return false;
}

function readCompleted(body: StoredBody): { events: number } {
  const event = readEvent(body, null);
  return event.type === 'ImportCompleted' ? event.data : { events: 0 };
}

/** What undoes the events of an import in one stream: withdraws what it recorded, corrects back what it changed. */
async function undoing(
  log: EventLog,
  thing: Thing,
  imported: readonly ImportedEvent[],
): Promise<DecidedEvent[]> {
  const why = { reason: 'import-reversed' } as const;
  if (thing.withdrawn || thing.mergedInto !== null) return [];
  // What the import opened, or brought back.
  if (imported.some(({ recorded, body }) => recorded.revision === 0n || body.type.endsWith('Reinstated')))
    return [...decideWithdrawal(thing, why).events];
  const undone: DecidedEvent[] = [];
  for (const { recorded, body } of imported) {
    const event = readEvent(body, recorded.position);
    if (isRecordContent(event.type)) {
      const standing = thing.contents.find(({ eventId }) => eventId === body.id);
      if (standing?.withdrawn === false)
        undone.push(...decideWithdrawal(thing, { ...why, withdraws: body.id }).events);
    } else if (
      event.type === 'ActivityCorrected' ||
      event.type === 'ObservationCorrected' ||
      event.type === 'DeliverableCorrected' ||
      event.type === 'ClaimRevised'
    ) {
      const before = await readThing(log, thing.kind, thing.id, recorded.revision);
      const content =
        event.type === 'ClaimRevised'
          ? before.contents[0]
          : before.contents.find(({ eventId }) => eventId === event.data.corrects);
      if (content !== undefined) undone.push(correctBack(thing, content.eventId, content.event, why));
    }
  }
  return undone;
}

/** The streams that imports wrote to and that were written to since, by anything else. */
async function changedSince(log: EventLog, ids: readonly string[]): Promise<readonly string[]> {
  const last = new Map<string, bigint>();
  for (const id of ids)
    for (const { recorded, body } of await eventsOfImport(log, id)) {
      const known = last.get(body.stream);
      if (known === undefined || recorded.revision > known) last.set(body.stream, recorded.revision);
    }
  const changed: string[] = [];
  for (const [stream, revision] of last)
    if ((await log.streamRevision(stream)) !== revision) changed.push(stream);
  return changed;
}

/** What was changed since is named first: taking an import back undoes it only with a yes. */
async function refuseIfChanged(log: EventLog, ids: readonly string[]): Promise<void> {
  const changed = await changedSince(log, ids);
  refuseIfAny(
    changed.map((stream) => ({
      code: 'changed-since',
      path: stream,
      message: 'this record was changed since; look at it, and say `changedToo` to take it back all the same',
    })),
  );
}

/** Undoes what imports did, in each stream, in one append; then ImportReversed as a summary that counts nothing. */
export async function reverseImports(
  recording: Recording,
  ids: readonly string[],
  command: Command,
): Promise<Outcome> {
  const { reason, note, changedToo } = parseRequest(ReversalRequest, command.request);
  const { log, vault } = recording.parts;
  // Which imports are meant is part of what the key names.
  const named = {
    ...command,
    request: { ids, reason, ...(note !== undefined && { note }), ...(changedToo === true && { changedToo }) },
  };
  return recording.run('reverse-import', named, async (stamped) => {
    if (changedToo !== true) await refuseIfChanged(log, ids);
    const reference = await recording.parts.reference();
    const { catalogue } = reference;
    const pending = recording.pending(stamped, reference);
    const summaries = [];
    for (const id of ids) {
      if (await isReversed(log, id)) throw refused('reversed-once', 'id', 'this import is reversed already');
      const byStream = new Map<string, ImportedEvent[]>();
      for (const event of await eventsOfImport(log, id))
        byStream.set(event.body.stream, [...(byStream.get(event.body.stream) ?? []), event]);
      let withdrawn = 0;
      let correctedBack = 0;
      for (const [stream, events] of byStream) {
        const parsed = parseStream(stream);
        if (parsed === undefined || !isThingKind(parsed.kind))
          throw refused(
            'reversible',
            'id',
            'an import that made bodies or offers cannot be reversed; correct those facts one by one',
          );
        const thing = await pending.thing(parsed.kind, parsed.id);
        const contents = thing.contents.map((content) => content.event);
        checkOwnProgramme(catalogue, command.programmes, contents, 'id');
        for (const event of await undoing(log, thing, events)) {
          await pending.add(thing, event);
          if (isEventType(event.type) && /(Corrected|Revised)$/.test(event.type)) correctedBack += 1;
          else withdrawn += 1;
        }
      }
      summaries.push({ id, withdrawn, correctedBack });
    }
    const noteRef =
      note === undefined ? undefined : await vault.putNote({ commandKey: `${stamped.id}/note`, text: note });
    const planned = await recording.planned(pending, []);
    const own = await Promise.all(
      summaries.map(async ({ id, withdrawn, correctedBack }) => {
        const stream = streamOf('import', id);
        const data = { withdrawn, correctedBack, reason, ...(noteRef !== undefined && { noteRef }) };
        const event = {
          ...stampedImport(stamped, 'ImportReversed', data),
          id: derivedId('event', stamped.id, 'ImportReversed', id),
        };
        return {
          stream,
          expected: (await log.streamRevision(stream)) ?? ('no-stream' as const),
          events: [event],
        };
      }),
    );
    return { ...planned, writes: [...planned.writes, ...own] };
  });
}
