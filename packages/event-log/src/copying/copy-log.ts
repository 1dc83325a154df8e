import type { EventLog, RecordedEvent } from '../port';
import { differs, type CopyTarget } from './copy-target';

/** Events that are read, compared and added at once. */
const pageSize = 1000;

/** How far a copy is. */
export interface CopyStep {
  readonly doing: 'comparing what is there' | 'copying' | 'reading back';
  readonly done: bigint;
  readonly total: bigint;
}

export interface Copied {
  /** Where the target ends now: where the source ended when the copy began. */
  readonly position: bigint;
  /** Events that were there already, of a copy that broke off. */
  readonly alreadyThere: bigint;
}

type Pages = Pick<EventLog, 'readPage'>;

/**
 * Copies a log into another, event by event, or goes on where a copy broke off: what is there is compared first, and what
 * was added is read back and compared. Bytes, streams, revisions and positions are the same afterwards.
 * @throws EventLogError LOG_DIFFERS where the target holds something else
 */
export async function copyLog(
  source: Pick<EventLog, 'head' | 'readPage'>,
  target: CopyTarget,
  onStep: (step: CopyStep) => void = () => undefined,
): Promise<Copied> {
  const { position: end } = await source.head();
  const { position: there } = await target.head();
  if (there > end) throw differs(end + 1n);
  await mustEqual(source, target, 0n, there, (done) =>
    onStep({ doing: 'comparing what is there', done, total: there }),
  );
  for await (const page of pages(source, there, end)) {
    await target.add(page);
    onStep({ doing: 'copying', done: page.at(-1)?.position ?? there, total: end });
  }
  await mustEqual(source, target, there, end, (done) => onStep({ doing: 'reading back', done, total: end }));
  return { position: end, alreadyThere: there };
}

async function* pages(log: Pages, after: bigint, upTo: bigint): AsyncGenerator<readonly RecordedEvent[]> {
  for (let position = after; position < upTo;) {
    const left = Number(upTo - position);
    const page = await log.readPage({ after: position, limit: Math.min(left, pageSize) });
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    position = last.position;
  }
}

/** @throws EventLogError LOG_DIFFERS naming the first position that differs */
async function mustEqual(
  source: Pages,
  target: Pages,
  after: bigint,
  upTo: bigint,
  onDone: (done: bigint) => void,
): Promise<void> {
  let position = after;
  for await (const page of pages(source, after, upTo)) {
    const there = await target.readPage({ after: position, limit: page.length });
    for (const [at, event] of page.entries()) {
      const other = there[at];
      if (other === undefined || !areEqual(event, other)) throw differs(event.position);
      position = event.position;
    }
    onDone(position);
  }
  if (position < upTo) throw differs(position + 1n);
}

function areEqual(one: RecordedEvent, other: RecordedEvent): boolean {
  return (
    one.position === other.position &&
    one.stream === other.stream &&
    one.revision === other.revision &&
    Buffer.from(one.bytes).equals(other.bytes)
  );
}
