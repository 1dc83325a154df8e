import {
  decideCatalogueEntry,
  decideCorrection,
  decideMerge,
  decideMergeUndone,
  decideRecording,
  decideReinstatement,
  decideWithdrawal,
  DecisionRefused,
  refuseIfAny,
  type DecidedEvent,
  type DecisionContext,
  type Fault,
  type Thing,
  type Why,
} from '@ledger/domain';
import {
  derivedId,
  eventDefinitions,
  type CorrectionReason,
  type LedgerEvent,
  type WarningStamp,
} from '@ledger/events';
import type { StreamCheck, StreamWrite } from '@ledger/event-log';
import type { Programmes } from '@ledger/access';
import { checkOwnProgramme } from './own-programme';
import { wholeFaults } from './part-of';
import { personsIn } from './persons-in';
import { kindOfRecord } from './kind-of';
import { findReplay, stampCommand, type Command, type StampedCommand } from './command';
import { enforcedChecks } from './enforced-checks';
import { collecting, parseRequest } from './faults';
import { isMeanwhile, mostAttempts } from './meanwhile';
import { dryOutcome, outcomeOf, type Outcome } from './outcome';
import { PendingWrites, type EventStamps } from './pending-writes';
import { readThing } from './read-thing';
import type { RecordingParts } from './recording-parts';
import { bodyKnowledge, offerKnowledge, type Reference } from './reference';
import {
  CatalogueRequest,
  CorrectionRequest,
  eventType,
  MergeRequest,
  RecordRequest,
  ReinstatementRequest,
  WithdrawalRequest,
  type RecordItem,
} from './request-schemas';
import { resolveContent } from './resolve-content';

/** The record was changed by someone else since it was read (If-Match). */
class RevisionConflict extends Error {
  readonly code = 'REVISION_CONFLICT';
  constructor(expected: string, actual: string) {
    super(
      `The record is at revision ${actual}, not at ${expected}: it was changed meanwhile. Read it again and decide anew.`,
    );
    this.name = 'RevisionConflict';
  }
}

/** What a command would write, once it is decided. */
export interface Planned {
  readonly writes: readonly StreamWrite[];
  readonly checks: readonly StreamCheck[];
  readonly warnings: readonly Fault[];
  /** What of it lies wholly in closed time: with any, it is not recorded. */
  readonly closed?: readonly Fault[];
}

/** Names one record. */
export interface RecordName {
  readonly kind: Thing['kind'];
  readonly id: string;
  /** The revision the change was decided on; left out, whatever it is now. */
  readonly ifMatch?: string;
}

/**
 * Decides a change by the rules of the service that it belongs to, with a recording that withholds what would be written.
 * @throws DecisionRefused
 */
export type AdjustableChange = (
  withholding: Recording,
  change: Readonly<Record<string, unknown>>,
  command: Command,
) => Promise<Outcome>;

/** Handles commands: reads what is needed, lets the domain decide, and appends in one step. */
export class Recording {
  constructor(
    readonly parts: RecordingParts,
    /** How steps of claims are decided, which may be proposed as adjustments like any change; left out, they are not taken. */
    readonly claimStep?: AdjustableChange,
  ) {}

  /**
   * Records one or many content events, all or nothing.
   * @throws DecisionRefused, NotYourProgrammeError, EventLogError, NotCanonicalError
   */
  async record(command: Command): Promise<Outcome> {
    const { records } = parseRequest(RecordRequest, command.request);
    return this.run('record', command, async (stamped) =>
      this.planRecords(stamped, command.programmes, records, 'records'),
    );
  }

  async correct(name: RecordName, command: Command): Promise<Outcome> {
    const { corrects, type, data, comment, ...why } = parseRequest(CorrectionRequest, command.request);
    return this.run('correct', command, async (stamped) => {
      const reference = await this.parts.reference();
      const pending = this.pending(stamped, reference);
      const thing = await this.named(pending, name);
      const content = resolveContent(eventType(type), data, reference, this.parts.today());
      checkOwnProgramme(
        reference.catalogue,
        command.programmes,
        [content, ...contentsOf(thing)],
        'data.offer',
      );
      refuseIfAny(await wholeFaults(pending, content));
      const about = personsIn([content, ...contentsOf(thing)]);
      const reasons = await this.#why(stamped, why, about);
      const decision = decideCorrection(
        thing,
        { ...reasons, content, ...(corrects !== undefined && { corrects }) },
        this.context(reference),
      );
      const warnings = await this.accept(stamped, decision.warnings, comment, '', about);
      for (const event of decision.events) await pending.add(thing, event, warnings);
      return this.planned(pending, decision.warnings);
    });
  }

  async withdraw(name: RecordName, command: Command): Promise<Outcome> {
    const { withdraws, ...why } = parseRequest(WithdrawalRequest, command.request);
    return this.#change('withdraw', name, command, why, (thing, reasons) =>
      decideWithdrawal(thing, { ...reasons, ...(withdraws !== undefined && { withdraws }) }),
    );
  }

  async reinstate(name: RecordName, command: Command): Promise<Outcome> {
    const { reinstates, ...why } = parseRequest(ReinstatementRequest, command.request);
    return this.#change('reinstate', name, command, why, (thing, reasons) =>
      decideReinstatement(thing, { ...reasons, ...(reinstates !== undefined && { reinstates }) }),
    );
  }

  async merge(command: Command): Promise<Outcome> {
    return this.#pair('merge', command, decideMerge);
  }

  async undoMerge(command: Command): Promise<Outcome> {
    return this.#pair('undo-merge', command, decideMergeUndone);
  }

  /** A record as it stands, or stood before a revision. A record that is not there has no contents. */
  async read(kind: Thing['kind'], id: string, before?: bigint): Promise<Thing> {
    return readThing(this.parts.log, kind, id, before);
  }

  /** What a command recorded the first time, whatever its request was: for a form that is sent again. */
  async firstResult(scope: string, command: Command): Promise<Outcome | undefined> {
    const { stamp } = stampCommand(this.parts.vault, scope, command);
    const found = await this.parts.log.findCommand(stamp);
    return found && outcomeOf(found.result, []);
  }

  /** Declares or changes an entry of the catalogue. */
  async declare(command: Command): Promise<Outcome> {
    const { id, type, data } = parseRequest(CatalogueRequest, command.request);
    return this.run('declare', command, async (stamped) => {
      const { catalogue } = await this.parts.reference();
      const content = resolveContent(type, data, await this.parts.reference(), this.parts.today());
      const events = decideCatalogueEntry(catalogue, id, content);
      const stream = `${eventDefinitions[type].streams[0]}-${id}`;
      const revision = await this.parts.log.streamRevision(stream);
      const writes = [
        { stream, expected: revision ?? ('no-stream' as const), events: newEvents(stamped, events) },
      ];
      return { writes, checks: [], warnings: [] };
    });
  }

  /** What the deciders may ask. */
  context(reference: Reference): DecisionContext {
    return {
      today: this.parts.today(),
      bodies: bodyKnowledge(reference.register),
      offers: offerKnowledge(reference.catalogue),
    };
  }

  /** Decides on many records; every fault of every record is said at once. */
  async planRecords(
    stamped: StampedCommand,
    programmes: Programmes,
    items: readonly RecordItem[],
    field: string,
    stamps: (row: number) => EventStamps = () => ({}),
  ): Promise<Planned> {
    const reference = await this.parts.reference();
    const context = this.context(reference);
    const pending = this.pending(stamped, reference);
    const faults: Fault[] = [];
    const warnings: Fault[] = [];
    for (const [at, item] of items.entries()) {
      const prefix = `${field}[${at}].`;
      const type = eventType(item.type);
      const content = collecting(faults, prefix, () =>
        resolveContent(type, item.data, reference, context.today),
      );
      if (item.illustrative === true && this.parts.purpose === 'live')
        faults.push({
          code: 'no-illustrative',
          path: `${prefix}illustrative`,
          message: 'a live ledger holds no illustrative records; leave it out',
        });
      if (content === undefined) continue;
      const kind = kindOfRecord(type);
      const thing =
        item.id === undefined
          ? pending.made(kind, derivedId('thing', stamped.id, String(at)))
          : await pending.thing(kind, item.id);
      checkOwnProgramme(
        reference.catalogue,
        programmes,
        [content, ...contentsOf(thing)],
        `${prefix}data.offer`,
      );
      const decision = collecting(faults, prefix, () => decideRecording(thing, content, context));
      const ofWhole = await wholeFaults(pending, content);
      faults.push(...ofWhole.map((fault) => ({ ...fault, path: prefix + fault.path })));
      if (decision === undefined || ofWhole.length > 0) continue;
      if (decision.warnings.length > 0 && item.comment === undefined) {
        faults.push(...asUnaccepted(decision.warnings, prefix));
        continue;
      }
      warnings.push(...decision.warnings.map((warning) => ({ ...warning, path: prefix + warning.path })));
      const accepted = await this.accept(
        stamped,
        decision.warnings,
        item.comment,
        String(at),
        personsIn([content]),
      );
      const onEvent = {
        ...stamps(at),
        ...accepted,
        ...(item.illustrative === true && { illustrative: true as const }),
      };
      for (const event of decision.events) await pending.add(thing, event, onEvent, prefix);
    }
    const planned = await this.planned(pending, warnings);
    if (faults.length > 0) throw new DecisionRefused([...faults, ...planned.closed]);
    return planned;
  }

  /** Whether what is decided is held back instead of appended. */
  get withholds(): boolean {
    return false;
  }

  pending({ id, stamp }: Pick<StampedCommand, 'id' | 'stamp'>, { catalogue }: Reference): PendingWrites {
    const { actor } = stamp;
    return new PendingWrites(this.parts.log, id, { today: this.parts.today(), actor, catalogue });
  }

  async planned(pending: PendingWrites, warnings: readonly Fault[]): Promise<Required<Planned>> {
    const closed = await pending.closedFaults();
    return { writes: pending.writes(), checks: pending.checks(), warnings, closed };
  }

  /** Answers a repeat, otherwise plans and appends; plans again where someone else wrote first. */
  async run(
    scope: string,
    command: Command,
    plan: (stamped: StampedCommand) => Promise<Planned>,
  ): Promise<Outcome> {
    const stamped = stampCommand(this.parts.vault, scope, command);
    for (let attempt = 1; ; attempt++) {
      const replay = await findReplay(this.parts.log, stamped);
      if (replay !== undefined) return outcomeOf(replay, []);
      const { writes, checks, warnings, closed = [] } = await plan(stamped);
      refuseIfAny(closed);
      if (command.dryRun === true) return dryOutcome(writes, warnings);
      try {
        const result = await this.parts.log.append({
          writes,
          checks: enforcedChecks(this.parts.log, checks),
          command: stamped.stamp,
          correlationId: stamped.id,
          causationId: stamped.id,
        });
        return outcomeOf(result, warnings);
      } catch (error) {
        if (!isMeanwhile(error) || attempt >= mostAttempts) throw error;
      }
    }
  }

  /** @throws RevisionConflict where a record is not at the revision that a change was decided on */
  checkRevision({ revision }: Thing, ifMatch: string | undefined): void {
    if (ifMatch !== undefined && String(revision) !== ifMatch)
      throw new RevisionConflict(ifMatch, String(revision));
  }

  /** A record as it stands with what a command has decided so far. @throws RevisionConflict where it was changed meanwhile */
  async named(pending: PendingWrites, { kind, id, ifMatch }: RecordName): Promise<Thing> {
    const thing = await pending.thing(kind, id);
    this.checkRevision(thing, ifMatch);
    return thing;
  }

  async #change(
    scope: string,
    name: RecordName,
    command: Command,
    why: WhySent,
    decide: (thing: Thing, reasons: Why) => { readonly events: readonly DecidedEvent[] },
  ): Promise<Outcome> {
    return this.run(scope, command, async (stamped) => {
      const reference = await this.parts.reference();
      const pending = this.pending(stamped, reference);
      const thing = await this.named(pending, name);
      checkOwnProgramme(reference.catalogue, command.programmes, contentsOf(thing), 'id');
      for (const event of decide(thing, await this.#why(stamped, why, personsIn(contentsOf(thing)))).events)
        await pending.add(thing, event);
      return this.planned(pending, []);
    });
  }

  async #pair(scope: string, command: Command, decide: typeof decideMerge): Promise<Outcome> {
    const { merged, survivor, ...why } = parseRequest(MergeRequest, command.request);
    return this.run(scope, command, async (stamped) => {
      const reference = await this.parts.reference();
      const pending = this.pending(stamped, reference);
      const [one, other] = [
        await pending.thing('activity', merged),
        await pending.thing('activity', survivor),
      ];
      const contents = [...contentsOf(one), ...contentsOf(other)];
      checkOwnProgramme(reference.catalogue, command.programmes, contents, 'merged');
      const decision = decide(one, other, await this.#why(stamped, why, personsIn(contents)));
      await pending.add(one, decision.merged);
      await pending.add(other, decision.survivor);
      return this.planned(pending, []);
    });
  }

  /** The reason, and the note in the vault if there is one; a retry finds the same reference. */
  async #why({ id }: StampedCommand, { reason, note }: WhySent, about: readonly string[]): Promise<Why> {
    if (note === undefined) return { reason };
    const commandKey = `${id}/note`;
    return { reason, noteRef: await this.parts.vault.putNote({ commandKey, text: note, about }) };
  }

  /** Warnings go onto the event with the comment that accepts them. @throws DecisionRefused without a comment */
  async accept(
    { id }: StampedCommand,
    warnings: readonly Fault[],
    comment: string | undefined,
    part: string,
    about: readonly string[],
  ): Promise<{ warnings?: readonly WarningStamp[] }> {
    if (warnings.length === 0) return {};
    if (comment === undefined) throw new DecisionRefused(asUnaccepted(warnings, ''));
    const commandKey = `${id}/comment/${part}`;
    const noteRef = await this.parts.vault.putNote({ commandKey, text: comment, about });
    return { warnings: warnings.map(({ code }) => ({ code, noteRef })) };
  }
}

function contentsOf(thing: Thing): LedgerEvent[] {
  return thing.contents.map(({ event }) => event);
}

interface WhySent {
  readonly reason: CorrectionReason;
  readonly note?: string | undefined;
}

function asUnaccepted(warnings: readonly Fault[], prefix: string): Fault[] {
  return warnings.map((warning) => ({
    ...warning,
    path: prefix + warning.path,
    message: `${warning.message}; if it is right, give a comment that says why`,
  }));
}

function newEvents({ id }: StampedCommand, events: readonly DecidedEvent[]): StreamWrite['events'] {
  return events.map(({ type, data }, at) => ({
    id: derivedId('event', id, String(at)),
    type,
    schemaVersion: eventDefinitions[type].version,
    data,
  }));
}
