import { decodeStoredBody, Id, parseStream, streamOf, type StoredBody } from '@ledger/events';
import type { RecordedEvent } from '@ledger/event-log';
import { partOfReversal } from '@ledger/domain';
import type { ChangeAfterClose } from '../answers';
import type { Asking } from '../asking';
import { readEvents } from '../log-streams';

const pageSize = 1000;

/** An event as the log has it, with its body. */
export interface AppendedEvent {
  readonly recorded: RecordedEvent;
  readonly body: StoredBody;
}

type Cause = ChangeAfterClose['cause'];

/** What events of a stream are about; undefined where they cannot bear on a figure. */
function causeOf({ body }: AppendedEvent): Cause | undefined {
  switch (parseStream(body.stream)?.kind) {
    case 'activity':
    case 'claim':
    case 'observation':
    case 'deliverable':
      return 'records';
    case 'body':
      return 'register';
    case 'measure':
      return 'rules';
    case 'theme':
    case 'programme':
    case 'savings-area':
    case 'offer':
      return 'catalogue';
    default:
      return undefined;
  }
}

/** What one command's events are about, as far as they can bear on a figure. */
export function causesOf(append: readonly AppendedEvent[]): ReadonlySet<Cause> {
  return new Set(append.flatMap((event) => causeOf(event) ?? []));
}

/** The log after a position, an append at a time: what one command wrote is one change. */
export async function* appendsAfter(
  asking: Asking,
  after: bigint,
  upTo: bigint,
): AsyncGenerator<readonly AppendedEvent[], undefined> {
  let append: AppendedEvent[] = [];
  for (let last = after; last < upTo;) {
    const page = await asking.log.readPage({ after: last, limit: pageSize });
    if (page.length === 0) break;
    for (const recorded of page) {
      if (recorded.position > upTo) break;
      const body = decodeStoredBody(recorded.bytes);
      if (append[0] !== undefined && append[0].body.correlationId !== body.correlationId) {
        yield append;
        append = [];
      }
      append.push({ recorded, body });
    }
    last = page.at(-1)?.position ?? upTo;
  }
  if (append.length > 0) yield append;
  return undefined;
}

/** The events that one command appended at and around a position, as far as they are recorded up to another. */
export async function appendAround(
  asking: Asking,
  position: bigint,
  upTo: bigint,
): Promise<readonly AppendedEvent[]> {
  let append: AppendedEvent[] = [];
  let correlation: string | undefined;
  // Backwards to where it begins, a page at a time.
  for (let last = position; last > 0n;) {
    const after = last > BigInt(pageSize) ? last - BigInt(pageSize) : 0n;
    const page = await asking.log.readPage({ after, limit: Number(last - after) });
    const events = page.map((recorded) => ({ recorded, body: decodeStoredBody(recorded.bytes) }));
    correlation ??= events.at(-1)?.body.correlationId;
    const other = events.findLastIndex(({ body }) => body.correlationId !== correlation);
    append = [...events.slice(other + 1), ...append];
    if (other !== -1) break;
    last = after;
  }
  for await (const found of appendsAfter(asking, position, upTo)) {
    if (found[0]?.body.correlationId === correlation) append = [...append, ...found];
    break;
  }
  return append;
}

function countsOfTypes(append: readonly AppendedEvent[]): ChangeAfterClose['events'] {
  const counts = new Map<string, number>();
  for (const { body } of append) counts.set(body.type, (counts.get(body.type) ?? 0) + 1);
  return [...counts].map(([type, count]) => ({ type, count }));
}

/** The adjustment that an append is of: it holds the approval, or is a part of taking back what was approved. */
async function adjustmentOf(asking: Asking, append: readonly AppendedEvent[]): Promise<string | null> {
  const approval = append.find(({ body }) => body.type === 'AdjustmentApproved')?.body.stream;
  if (approval !== undefined) return parseStream(approval)?.id ?? null;
  // Others may write between the parts of a reversal; each names the import that is taken back.
  const { correlationId = '', command } = append[0]?.body ?? {};
  if (command?.scope !== partOfReversal || !Id.safeParse(correlationId).success) return null;
  const upTo = Number(append.at(-1)?.recorded.position ?? 0n);
  const events = await readEvents(asking.log, streamOf('import', correlationId), upTo);
  for (const { event } of events)
    if (event.type === 'ImportReversalAccepted') return event.data.adjustment ?? null;
  return null;
}

/** What one command recorded as a change of figures. */
export async function changeBy(
  asking: Asking,
  append: readonly AppendedEvent[],
  effect: ChangeAfterClose['effect'],
): Promise<ChangeAfterClose | undefined> {
  const [first, last] = [append[0], append.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const adjustment = await adjustmentOf(asking, append);
  return {
    from: String(first.recorded.position),
    to: String(last.recorded.position),
    recordedAt: first.body.recordedAt,
    actor: first.body.actor,
    cause: adjustment !== null ? 'adjustment' : ([...causesOf(append)][0] ?? 'records'),
    adjustment,
    events: countsOfTypes(append),
    effect,
  };
}
