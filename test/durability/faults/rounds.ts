import { derivedId } from '@ledger/events';
import type { AppendRequest } from '@ledger/event-log';
import { Random } from '../../histories/random';
import type { Fault } from '../disk/fault';

/** One log that is appended to while the disk fails in one way. */
export interface FaultRound {
  readonly seed: number;
  readonly fault: Fault;
  /** Large: so much that the write-ahead log is written back. Huge: one append is more than SQLite keeps in memory. */
  readonly size: 'small' | 'large' | 'huge';
  readonly callers: number;
}

/** What may fail, how often each. */
const failing: readonly (readonly [weight: number, Pick<Fault, 'operation' | 'files' | 'error' | 'torn'>])[] =
  [
    [3, { operation: 'write', files: '.db-wal', error: 'ENOSPC', torn: false }],
    [3, { operation: 'write', files: '.db-wal', error: 'ENOSPC', torn: true }],
    [3, { operation: 'write', files: '.db-wal', error: 'EIO', torn: false }],
    [3, { operation: 'write', files: '.db-wal', error: 'EIO', torn: true }],
    [5, { operation: 'sync', files: '.db-wal', error: 'EIO', torn: false }],
    [2, { operation: 'sync', files: '.db-wal', error: 'ENOSPC', torn: false }],
    [1, { operation: 'write', files: '.db', error: 'ENOSPC', torn: true }],
    [1, { operation: 'write', files: '.db', error: 'EIO', torn: false }],
    [1, { operation: 'sync', files: '.db', error: 'EIO', torn: false }],
  ];

/** The round of a seed. */
export function faultRound(seed: number): FaultRound {
  const random = new Random(seed);
  const kind = random.weighted(failing);
  const size = kind.files === '.db' ? 'large' : seed % 20 === 7 ? 'huge' : 'small';
  const operations = kind.operation === 'sync' ? 12 : { small: 120, large: 400, huge: 12_000 }[size];
  return {
    seed,
    fault: { ...kind, skip: random.below(operations), forever: random.percent(50) },
    size,
    callers: random.pick([1, 1, 4, 12]),
  };
}

interface Measure {
  readonly events: number;
  readonly bytes: number;
}

const small: readonly (readonly [weight: number, Measure])[] = [
  [6, { events: 1, bytes: 20 }],
  [3, { events: 3, bytes: 3000 }],
  [1, { events: 20, bytes: 500 }],
];
const large: readonly (readonly [weight: number, Measure])[] = [
  [1, { events: 1, bytes: 20 }],
  [2, { events: 2, bytes: 200_000 }],
];
const huge: Measure = { events: 100, bytes: 200_000 };

/** What is appended in a round: only the log is looked at, so events may be of any type. */
export function faultAppends({ seed, size }: FaultRound): readonly AppendRequest[] {
  const random = new Random(seed + 1);
  return Array.from({ length: size === 'large' ? 24 : 14 }, (_, number) => {
    const id = derivedId('fault-append', String(seed), String(number));
    const { events: count, bytes } =
      size === 'huge' && number === 7 ? huge : random.weighted(size === 'large' ? large : small);
    const events = Array.from({ length: count }, (__, at) => ({
      id: derivedId('fault-event', id, String(at)),
      type: 'SomethingHappened',
      schemaVersion: 1,
      data: { text: random.hex(16).repeat(Math.ceil(bytes / 16)) },
    }));
    return {
      writes: [{ stream: `activity-${random.below(5)}`, expected: 'any', events }],
      command: { actor: id, scope: 'fault', key: String(number), hash: String(number) },
      correlationId: id,
      causationId: id,
    };
  });
}
