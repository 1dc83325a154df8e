import { canonicalJson, decodeStoredBody, readEvent, UnreadableEventError } from '@ledger/events';
import type { EventLog } from '@ledger/event-log';
import { MemoryReadStore, type ReadStore } from '@ledger/read-store';
import type { StandingLine } from '@ledger/domain';
import { checkRollUps } from './check-roll-ups';
import { LineReader } from '../lines/line-reader';
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

/** The lines standing at a position, as texts in a fixed order. */
async function linesOf(store: ReadStore, upTo: number): Promise<string[]> {
  const reader = new LineReader(store);
  await reader.index.refresh(upTo);
  const lines = await reader.select({ kinds: [...reader.index.kinds()] }, upTo);
  return lines.all().map(textOf).sort();
}

/** Reads the whole log: positions without gaps, times that never decrease, bytes canonical and readable. */
async function checkLog(log: EventLog, upTo: bigint, findings: string[], apply: Projector): Promise<number> {
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
    await apply.apply(page);
  }
  return events;
}

/**
 * Checks the log from its first event to a position, counts every line anew from it, and compares with the live
 * read models (C6).
 */
export async function checkReadModels(log: EventLog, store: ReadStore): Promise<CheckResult> {
  const checkpoints = [...(await store.checkpoints()).values()];
  const upTo = checkpoints.length === 0 ? 0 : Math.min(...checkpoints);
  const findings: string[] = [];
  const recounted = new MemoryReadStore();
  const events = await checkLog(log, BigInt(upTo), findings, new Projector(recounted, historyFromLog(log)));
  const [live, anew] = [await linesOf(store, upTo), await linesOf(recounted, upTo)];
  const inLive = new Set(live);
  const inAnew = new Set(anew);
  for (const line of anew) if (!inLive.has(line)) findings.push(`The read models lack the line ${line}.`);
  for (const line of live)
    if (!inAnew.has(line)) findings.push(`The read models hold a line that no event gives: ${line}.`);
  if (live.length !== anew.length)
    findings.push(`The read models hold ${live.length} lines; counted anew there are ${anew.length}.`);
  findings.push(...(await checkRollUps({ store, log }, BigInt(upTo))).findings);
  const parked = await store.parked(upTo);
  for (const { position, stream, reason } of parked)
    findings.push(`Position ${position} of ${stream} is parked: ${reason}`);
  const more = findings.length - mostFindings;
  return {
    position: String(upTo),
    events,
    linesLive: live.length,
    linesRecounted: anew.length,
    findings: more > 0 ? [...findings.slice(0, mostFindings), `… and ${more} more`] : findings,
  };
}
