import {
  decideAdjustment,
  DecisionRefused,
  evolveAdjustment,
  isThingKind,
  thingKinds,
  type Adjustment,
  type AdjustmentDecision,
  type WithheldWrite,
} from '@ledger/domain';
import {
  canonicalJson,
  decodeStoredBody,
  derivedId,
  eventDefinitions,
  readEvent,
  streamOf,
} from '@ledger/events';
import type { EventLog, NewEvent, StreamWrite } from '@ledger/event-log';
import type { Command, StampedCommand } from './command';
import { parseRequest } from './faults';
import { importRecords } from './imports';
import { mostWithheld, tooManyWithheld } from './most-withheld';
import { dryOutcome, type Outcome } from './outcome';
import { Recording, type Planned, type RecordName } from './recording';
import { reverseImports } from './reverse-imports';
import { AdjustmentRequest, DecisionRequest, type AdjustedChange } from './request-schemas';

function refused(code: string, path: string, message: string): DecisionRefused {
  return new DecisionRefused([{ code, path, message }]);
}

/** Decides as recording does, by the same commands and rules, and keeps what would be written instead of appending it. */
class Withholding extends Recording {
  withheld: Planned | undefined;

  constructor(
    recording: Recording,
    /** The proposal: ids of what is withheld are derived from it. */
    readonly proposal: StampedCommand,
  ) {
    super(recording.parts, recording.claimStep);
  }

  override get withholds(): boolean {
    return true;
  }

  override async run(
    _scope: string,
    _command: Command,
    plan: (stamped: StampedCommand) => Promise<Planned>,
  ): Promise<Outcome> {
    this.withheld = await plan(this.proposal);
    return dryOutcome(this.withheld.writes, this.withheld.warnings);
  }
}

async function send(
  recording: Recording,
  { do: operation, ...rest }: AdjustedChange,
  command: Command,
): Promise<Outcome> {
  const asked = (request: unknown): Command => ({ ...command, request });
  switch (operation) {
    case 'record':
      return recording.record(asked(rest));
    case 'import':
      return importRecords(recording, asked(rest));
    case 'reverse-imports': {
      const { imports, ...request } = rest;
      return reverseImports(recording, Array.isArray(imports) ? imports.map(String) : [], asked(request));
    }
    case 'merge':
      return recording.merge(asked(rest));
    case 'undo-merge':
      return recording.undoMerge(asked(rest));
    case 'claim-step':
      if (recording.claimStep === undefined)
        throw refused('adjustable', 'change.do', 'this ledger takes no steps of claims as adjustments');
      return recording.claimStep(recording, rest, asked(rest));
    default: {
      const { record, ...request } = rest;
      return recording[operation](nameOf(record), asked(request));
    }
  }
}

/** The kind and id of a record, as `activity:<id>`. */
function nameOf(record: unknown): RecordName {
  const [, kind, id] = /^([a-z]+):([0-9a-f-]{36})$/.exec(String(record)) ?? [];
  if (!isThingKind(kind) || id === undefined)
    throw refused(
      'record-exists',
      'change.record',
      `say which record, as ${thingKinds.map((one) => `${one}:<id>`).join(', ')}`,
    );
  return { kind, id };
}

/** A part of a proposal stays well below what one event may hold. */
const largestShare = 0.6;

/** Writes in parts that each fit into an event. */
function inParts(writes: readonly WithheldWrite[], eventBytes: number): WithheldWrite[][] {
  const parts: WithheldWrite[][] = [];
  let part: WithheldWrite[] = [];
  let size = 0;
  for (const write of writes) {
    const bytes = Buffer.byteLength(canonicalJson(write));
    if (part.length > 0 && size + bytes > eventBytes * largestShare) {
      parts.push(part);
      [part, size] = [[], 0];
    }
    part.push(write);
    size += bytes;
  }
  return [...parts, part];
}

function asWithheld({ stream, expected, events }: StreamWrite): WithheldWrite {
  return {
    stream,
    ...(typeof expected === 'bigint' && { after: Number(expected) }),
    // Data of events is an object; the schema of the adjustment has it checked at append.
    events: events.map((event) => event as WithheldWrite['events'][number]),
  };
}

/**
 * Proposes a change to closed time: it is decided by the same rules as ever, and its events are held back until a second
 * person approves them. @throws DecisionRefused, also where nothing of it lies in closed time
 */
export async function proposeAdjustment(recording: Recording, command: Command): Promise<Outcome> {
  const { change, reason, note } = parseRequest(AdjustmentRequest, command.request);
  const { log, vault } = recording.parts;
  return recording.run('propose-adjustment', command, async (stamped) => {
    const withholding = new Withholding(recording, stamped);
    await send(withholding, change, command);
    const { writes = [], closed = [], warnings = [], checks = [] } = withholding.withheld ?? {};
    if (closed.length === 0)
      throw refused(
        'closed-time',
        'change',
        'nothing of this lies wholly in closed time; send it the usual way',
      );
    const count = writes.reduce((sum, { events }) => sum + events.length, 0);
    if (count > mostWithheld(log))
      throw refused('too-many', 'change', tooManyWithheld(log, `this change is of ${count}`));
    const commandKey = `${stamped.id}/adjustment`;
    const noteRef = note === undefined ? undefined : await vault.putNote({ commandKey, text: note });
    const parts = inParts(writes.map(asWithheld), log.limits.eventBytes);
    const events = parts.map((part, at) => ({
      id: derivedId('event', stamped.id, 'AdjustmentProposed', String(at)),
      type: 'AdjustmentProposed',
      schemaVersion: eventDefinitions.AdjustmentProposed.version,
      data: {
        part: at + 1,
        parts: parts.length,
        writes: part,
        reason,
        ...(noteRef !== undefined && { noteRef }),
      },
    }));
    const stream = streamOf('adjustment', derivedId('adjustment', stamped.id));
    return { writes: [{ stream, expected: 'no-stream', events }], checks, warnings };
  });
}

async function readAdjustment(log: Pick<EventLog, 'readStream'>, id: string): Promise<Adjustment> {
  let adjustment: Adjustment | undefined;
  for await (const { position, bytes } of log.readStream(streamOf('adjustment', id))) {
    const body = decodeStoredBody(bytes);
    const event = readEvent(body, position);
    adjustment = evolveAdjustment(adjustment, id, { eventId: body.id, actor: body.actor, event });
  }
  if (adjustment === undefined)
    throw refused('adjustment-exists', 'id', `there is no adjustment with the id ${id}`);
  return adjustment;
}

/** The withheld events, for the streams they were decided on. @throws DecisionRefused where one has changed since */
async function released(log: EventLog, { writes }: Adjustment): Promise<StreamWrite[]> {
  const moved: string[] = [];
  const found: StreamWrite[] = [];
  for (const { stream, after, events } of writes) {
    const revision = await log.streamRevision(stream);
    const expected = after === undefined ? undefined : BigInt(after);
    if (revision !== expected) moved.push(stream);
    // The schema of the adjustment checked these when they were withheld; absent members stay absent.
    found.push({ stream, expected: expected ?? 'no-stream', events: events as readonly NewEvent[] });
  }
  if (moved.length > 0)
    throw refused(
      'adjustment-current',
      'id',
      `${moved.length === 1 ? 'a record has' : `${moved.length} records have`} changed since this was proposed (${moved.slice(0, 5).join(', ')}); decline it and propose it anew`,
    );
  return found;
}

/** Approves or declines an adjustment; an approval records what it withheld, in the same append. @throws DecisionRefused */
export async function decideOnAdjustment(
  recording: Recording,
  id: string,
  decision: AdjustmentDecision['decision'],
  command: Command,
): Promise<Outcome> {
  const { note } = parseRequest(DecisionRequest, command.request);
  const { log, vault } = recording.parts;
  const named = { ...command, request: { id, ...(note !== undefined && { note }) } };
  return recording.run(`${decision}-adjustment`, named, async (stamped) => {
    const adjustment = await readAdjustment(log, id);
    const noteRef =
      note === undefined ? undefined : await vault.putNote({ commandKey: `${stamped.id}/note`, text: note });
    const decided = decideAdjustment(adjustment, {
      decision,
      actor: command.actor,
      ...(noteRef !== undefined && { noteRef }),
    });
    const events = decided.map(({ type, data }, at) => ({
      id: derivedId('event', stamped.id, String(at)),
      type,
      schemaVersion: eventDefinitions[type].version,
      data,
    }));
    const own: StreamWrite = { stream: streamOf('adjustment', id), expected: adjustment.revision, events };
    const releases = decision === 'approve' ? await released(log, adjustment) : [];
    return { writes: [own, ...releases], checks: [], warnings: [] };
  });
}
