import { BodyMatcher, lintRegister, Register, type BodyFact, type RegisterFileEvent } from '@ledger/councils';
import { DecisionRefused, type Fault } from '@ledger/domain';
import {
  canonicalJson,
  derivedId,
  eventDefinitions,
  streamOf,
  type EventType,
  type LedgerEvent,
} from '@ledger/events';
import type { EventLog, NewEvent, StreamWrite } from '@ledger/event-log';
import type { Command } from './command';
import { parseRequest } from './faults';
import type { Outcome } from './outcome';
import type { Recording } from './recording';
import { BodyRequest } from './request-schemas';
import { resolveContent } from './resolve-content';

/** The register as it would be with further facts: a load that the linter finds fault with is refused (F10). */
function lintWith(register: Register, facts: readonly BodyFact[]): Fault[] {
  const before = new Set(lintRegister(register).map(({ message }) => message));
  return lintRegister(register.withFacts(facts))
    .filter(({ message }) => !before.has(message))
    .map(({ field, message }) => ({ code: 'register', path: field, message }));
}

async function writesTo(
  log: EventLog,
  byStream: ReadonlyMap<string, readonly NewEvent[]>,
): Promise<StreamWrite[]> {
  return Promise.all(
    [...byStream].map(async ([stream, events]) => ({
      stream,
      expected: (await log.streamRevision(stream)) ?? ('no-stream' as const),
      events,
    })),
  );
}

/** Records one fact about a body: a registration, a dissolution, a new name, code or control, or a correction of one. */
export async function recordBodyFact(recording: Recording, command: Command): Promise<Outcome> {
  const { body, type, data } = parseRequest(BodyRequest, command.request);
  return recording.run('record-body', command, async (stamped) => {
    const reference = await recording.parts.reference();
    const id =
      type === 'BodyRegistered'
        ? (body ?? derivedId('body', stamped.id))
        : knownBody(reference.register, body, recording.parts.today());
    const content = resolveContent(type, data, reference, recording.parts.today());
    if (type === 'BodyRegistered' && reference.register.body(id) !== undefined)
      throw new DecisionRefused([
        {
          code: 'registered-once',
          path: 'body',
          message: `${id} is registered already; correct that fact instead`,
        },
      ]);
    const eventId = derivedId('event', stamped.id, '0');
    const faults = [
      ...namedFactFaults(reference.register, id, content),
      ...lintWith(reference.register, [
        { position: BigInt(Number.MAX_SAFE_INTEGER), eventId, bodyId: id, event: content },
      ]),
    ];
    if (faults.length > 0) throw new DecisionRefused(faults);
    const event = { id: eventId, type, schemaVersion: eventDefinitions[type].version, data: content.data };
    const writes = await writesTo(recording.parts.log, new Map([[streamOf('body', id), [event]]]));
    return { writes, checks: [], warnings: [] };
  });
}

function knownBody(register: Register, text: string | undefined, today: string): string {
  if (text === undefined)
    throw new DecisionRefused([
      { code: 'missing', path: 'body', message: 'is missing; say which body, by id, name or code' },
    ]);
  if (register.body(text) !== undefined) return text;
  const found = new BodyMatcher(register).resolve(text, today);
  if (!found.found) throw new DecisionRefused([{ code: 'body-known', path: 'body', message: found.problem }]);
  return found.bodyId;
}

const withdrawnBy = (fact: LedgerEvent): string | undefined =>
  fact.type === 'BodyFactWithdrawn' ? fact.data.event : undefined;

/** A correction or withdrawal names a fact that stands about this very body, and a correction keeps its type. */
function namedFactFaults(register: Register, bodyId: string, content: LedgerEvent): Fault[] {
  if (content.type !== 'BodyFactCorrected' && content.type !== 'BodyFactWithdrawn') return [];
  const named = content.type === 'BodyFactCorrected' ? content.data.corrects : content.data.event;
  const facts = register.factsOf(bodyId);
  const fact = facts.find(({ eventId }) => eventId === named);
  const path = content.type === 'BodyFactCorrected' ? 'data.corrects' : 'data.event';
  if (fact === undefined)
    return [{ code: 'fact-exists', path, message: `${named} is no fact about this body` }];
  if (fact.event.type === 'BodyFactCorrected' || fact.event.type === 'BodyFactWithdrawn') {
    const first = fact.event.type === 'BodyFactCorrected' ? fact.event.data.corrects : fact.event.data.event;
    const message = `${named} is a change of the fact ${first}; name that one`;
    return [{ code: 'fact-itself', path, message }];
  }
  if (facts.some(({ event }) => withdrawnBy(event) === named))
    return [
      { code: 'fact-stands', path, message: `${named} is withdrawn already; record what is true instead` },
    ];
  if (content.type === 'BodyFactCorrected' && fact.event.type !== content.data.type)
    return [
      {
        code: 'type-never-changes',
        path: 'data.type',
        message: `that fact is ${fact.event.type}; withdraw it and record another`,
      },
    ];
  return [];
}

/**
 * Loads register files (next year's table): facts that are in the log already are passed over, the rest is
 * recorded in one append, if the linter finds nothing wrong with the whole.
 */
export async function loadRegister(
  recording: Recording,
  events: readonly RegisterFileEvent[],
  command: Command,
): Promise<Outcome> {
  const once = {
    ...command,
    request: { events: derivedId('register-load', canonicalJson(events.map(({ eventId }) => eventId))) },
  };
  return recording.run('load-register', once, async () => {
    const { register } = await recording.parts.reference();
    const fresh = events.filter(
      ({ bodyId, eventId }) => !register.factsOf(bodyId).some((fact) => fact.eventId === eventId),
    );
    if (fresh.length === 0)
      throw new DecisionRefused([
        {
          code: 'nothing-new',
          path: 'file',
          message: 'everything in it is recorded already; nothing was added',
        },
      ]);
    const faults = lintWith(register, fresh.map(asFact));
    if (faults.length > 0) throw new DecisionRefused(faults);
    const byStream = new Map<string, NewEvent[]>();
    for (const { stream, eventId, type, data } of fresh)
      byStream.set(stream, [
        ...(byStream.get(stream) ?? []),
        { id: eventId, type, schemaVersion: versionOf(type), data },
      ]);
    return { writes: await writesTo(recording.parts.log, byStream), checks: [], warnings: [] };
  });
}

function versionOf(type: EventType): number {
  return eventDefinitions[type].version;
}

function asFact({ eventId, bodyId, type, data }: RegisterFileEvent, at: number): BodyFact {
  // The file was read against the type's schema; these facts come after all that are recorded.
  const event = { type, data } as unknown as LedgerEvent;
  return { position: BigInt(Number.MAX_SAFE_INTEGER) + BigInt(at), eventId, bodyId, event };
}
