import { canonicalJson, decodeStoredBody, readEvent, UnreadableEventError } from '@ledger/events';
import type { ReadableLog, RecordedEvent } from '@ledger/event-log';
import { MemoryReadStore, type ReadStore } from '@ledger/read-store';
import type { LineKind, StandingLine } from '@ledger/domain';
import { checkRollUps } from './check-roll-ups';
import { LineReader, type WantedLines } from '../lines/line-reader';
import { fingerprint } from '../rebuild/fingerprint';
import { appliedTo, projectedStores, type ProjectedStores } from '../runtime/projected-stores';
import { projections, type Projection } from '../runtime/projection';
import { Projector } from '../runtime/projector';
import { historyFromLog } from '../runtime/stream-history';

/** What a check found. */
export interface CheckResult {
  readonly position: string;
  readonly events: number;
  readonly linesLive: number;
  readonly linesRecounted: number;
  /** Sentences; none where all is well. */
  readonly findings: readonly string[];
}

const pageSize = 2000;
const mostFindings = 50;

function textOf({ line, thing, count }: StandingLine): string {
  return canonicalJson({ ...line, thing: String(thing), count });
}

/** All sheets of a kind. */
function ofKind(kind: LineKind): WantedLines {
  return { sheets: { kinds: [kind], fits: () => true, name: kind } };
}

/** How many lines stand at a position. */
async function countLines(store: ReadStore, upTo: number): Promise<number> {
  const reader = new LineReader(store);
  await reader.index.refresh(upTo);
  let count = 0;
  for (const kind of reader.index.kinds()) count += (await reader.select(ofKind(kind), upTo)).length;
  return count;
}

/** The lines of one kind that stand at a position, as texts. */
async function textsOf(store: ReadStore, kind: LineKind, upTo: number): Promise<ReadonlySet<string>> {
  const lines = await new LineReader(store).select(ofKind(kind), upTo);
  return new Set(lines.all().map(textOf));
}

/** The lines that one store has and the other lacks, as sentences; looked for only where the two differ at all. */
async function differences(live: ReadStore, anew: ReadStore, upTo: number): Promise<string[]> {
  const findings: string[] = [];
  const kinds = new Set<LineKind>();
  for (const store of [live, anew]) {
    const { index } = new LineReader(store);
    await index.refresh(upTo);
    for (const kind of index.kinds()) kinds.add(kind);
  }
  for (const kind of kinds) {
    const [inLive, inAnew] = [await textsOf(live, kind, upTo), await textsOf(anew, kind, upTo)];
    for (const line of inAnew) if (!inLive.has(line)) findings.push(`The read models lack the line ${line}.`);
    for (const line of inLive)
      if (!inAnew.has(line)) findings.push(`The read models hold a line that no event gives: ${line}.`);
  }
  return findings;
}

/** What the two stores of a projection hold differently, as sentences. */
async function compare(
  projection: Projection,
  live: ReadStore,
  anew: ReadStore,
  upTo: number,
): Promise<string[]> {
  // What is counted anew is so in one partition; roll-ups of bodies and persons are checked against their lines besides.
  const withSubjects = (await live.checkpoints()).size <= 1;
  const [held, given] = [live, anew].map(async (store) => fingerprint(store, upTo, { withSubjects }));
  if ((await held) === (await given)) return [];
  const findings = projection === 'figures' ? await differences(live, anew, upTo) : [];
  return [`The ${projection} are not what the log gives; rebuild them.`, ...findings];
}

/** Reads the whole log: positions without gaps, times that never decrease, bytes canonical and readable. */
async function checkLog(
  log: ReadableLog,
  upTo: bigint,
  findings: string[],
  apply: (page: readonly RecordedEvent[]) => Promise<void>,
): Promise<number> {
  let events = 0;
  let lastTime = '';
  for (let after = 0n; after < upTo;) {
    const limit = Number(upTo - after) < pageSize ? Number(upTo - after) : pageSize;
    const page = await log.readPage({ after, limit });
    if (page.length === 0) {
      findings.push(`The log ends at position ${after}, before its head at ${upTo}.`);
      break;
    }
    for (const { position, bytes } of page) {
      if (position !== after + 1n) findings.push(`Position ${after + 1n} is missing from the log.`);
      after = position;
      events += 1;
      try {
        const body = decodeStoredBody(bytes);
        if (canonicalJson(body) !== Buffer.from(bytes).toString('utf8'))
          findings.push(`The bytes at position ${position} are not canonical.`);
        if (body.recordedAt < lastTime)
          findings.push(`Position ${position} is recorded earlier than the one before it.`);
        lastTime = body.recordedAt;
        readEvent(body, position);
      } catch (error) {
        findings.push(
          error instanceof UnreadableEventError
            ? error.message
            : `The bytes at position ${position} cannot be read.`,
        );
      }
    }
    await apply(page);
  }
  return events;
}

/**
 * Checks the log from its first event to a position, counts everything anew from it, and compares with the live read
 * models (C6).
 */
export async function checkReadModels(
  log: ReadableLog,
  store: ReadStore | ProjectedStores,
): Promise<CheckResult> {
  const stores = projectedStores(store);
  const upTo = await appliedTo(stores);
  const findings: string[] = [];
  const one = stores.figures === stores.documents;
  const recounted = { figures: new MemoryReadStore(), documents: new MemoryReadStore() };
  const projectors = one
    ? [new Projector(recounted.figures, historyFromLog(log))]
    : projections.map((of) => new Projector(recounted[of], historyFromLog(log), 0, [of]));
  const events = await checkLog(log, BigInt(upTo), findings, async (page) => {
    for (const projector of projectors) await projector.apply(page);
  });
  for (const projection of one ? (['figures'] as const) : projections)
    findings.push(...(await compare(projection, stores[projection], recounted[projection], upTo)));
  findings.push(...(await checkRollUps({ store: stores, log }, BigInt(upTo))).findings);
  for (const projection of one ? (['figures'] as const) : projections)
    for (const { position, stream, reason } of await stores[projection].parked(upTo))
      findings.push(
        `Position ${position} of ${stream} is parked${one ? '' : ` in the ${projection}`}: ${reason}`,
      );
  const more = findings.length - mostFindings;
  return {
    position: String(upTo),
    events,
    linesLive: await countLines(stores.figures, upTo),
    linesRecounted: await countLines(recounted.figures, upTo),
    findings: more > 0 ? [...findings.slice(0, mostFindings), `… and ${more} more`] : findings,
  };
}
