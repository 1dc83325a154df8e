import {
  decideAdjustment,
  isThingKind,
  thingKinds,
  type Adjustment,
  type AdjustmentDecision,
} from '@ledger/domain';
import { derivedId, eventDefinitions, streamOf } from '@ledger/events';
import type { EventLog, StreamWrite } from '@ledger/event-log';
import { stampCommand, type Command, type StampedCommand } from './command';
import { parseRequest, refused } from './faults';
import { importRecords } from './imports';
import { mostWithheld, tooManyWithheld } from './most-withheld';
import { dryOutcome, type Outcome } from './outcome';
import { proposalOf, whyProposed } from './propose-in-parts';
import { asWrite, isCurrent, readAdjustment } from './read-adjustment';
import { Recording, type Planned, type RecordName } from './recording';
import { eventsIn, importsReversed, releaseInParts } from './release-in-parts';
import { reverseImports } from './reverse-imports';
import { AdjustmentRequest, DecisionRequest, type AdjustedChange } from './request-schemas';

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
    const count = eventsIn(writes);
    // What undoes imports may be recorded in several appends, as taking them back is in open time.
    if (count > mostWithheld(log) && importsReversed(writes).length === 0)
      throw refused('too-many', 'change', tooManyWithheld(log, `this change is of ${count}`));
    const why = await whyProposed(vault, stamped, { reason, note });
    const proposal = await proposalOf(recording, stamped, writes, why, command.dryRun === true);
    return { writes: [proposal], checks, warnings };
  });
}

/** The withheld events, for the streams they were decided on. @throws DecisionRefused where one has changed since */
async function released(log: EventLog, { writes }: Adjustment): Promise<StreamWrite[]> {
  const moved: string[] = [];
  for (const write of writes) if (!(await isCurrent(log, write))) moved.push(write.stream);
  if (moved.length > 0)
    throw refused(
      'adjustment-current',
      'id',
      `${moved.length === 1 ? 'a record has' : `${moved.length} records have`} changed since this was proposed (${moved.slice(0, 5).join(', ')}); decline it and propose it anew`,
    );
  return writes.map(asWrite);
}

/** What an approval releases is more than one append takes. */
class ManyToRelease extends Error {
  constructor(
    readonly adjustment: Adjustment,
    readonly approval: StreamWrite,
  ) {
    super();
  }
}

/**
 * Approves or declines an adjustment; an approval records what it withheld, in the same append, or where that takes too
 * much, in several after it, between which the imports are being taken back and figures say so.
 * @throws DecisionRefused
 */
export async function decideOnAdjustment(
  recording: Recording,
  id: string,
  decision: AdjustmentDecision['decision'],
  command: Command,
): Promise<Outcome> {
  const { note } = parseRequest(DecisionRequest, command.request);
  const { log, vault } = recording.parts;
  const named = { ...command, request: { id, ...(note !== undefined && { note }) } };
  const scope = `${decision}-adjustment`;
  try {
    return await recording.run(scope, named, async (stamped) => {
      const adjustment = await readAdjustment(log, id);
      const noteRef =
        note === undefined
          ? undefined
          : await vault.putNote({ commandKey: `${stamped.id}/note`, text: note });
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
      if (eventsIn(releases) > mostWithheld(log)) throw new ManyToRelease(adjustment, own);
      return { writes: [own, ...releases], checks: [], warnings: [] };
    });
  } catch (error) {
    if (!(error instanceof ManyToRelease)) throw error;
    if (command.dryRun === true) return dryOutcome([error.approval], []);
    return releaseInParts(recording, error.adjustment, error.approval, stampCommand(vault, scope, named));
  }
}
