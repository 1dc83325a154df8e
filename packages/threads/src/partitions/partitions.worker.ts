import { parentPort } from 'node:worker_threads';
import type { RecordedEvent } from '@ledger/event-log';
import { prepareReading } from '@ledger/events';
import { PartitionFold } from '@ledger/projections';
import { isEnding } from '../ending';
import { memoryOfChunks } from '../memory-of-chunks';
import { AskedHistory } from './asked-history';
import type { SaidByThread, SaidToThread } from './messages';
import { unpack } from './packed-events';

/* The thread that folds partitions: steps of several at once, and of each one after another. */

const say = (said: SaidByThread, memory: ArrayBuffer[] = []): void => parentPort?.postMessage(said, memory);

const folds = new Map<number, PartitionFold>();
/** Who waits for the events of streams, by folding. */
const asked = new Map<number, (events: readonly RecordedEvent[]) => void>();

function begin(folding: number, parked: readonly string[]): void {
  const history = new AskedHistory(
    async (streams) =>
      new Promise((answered) => {
        asked.set(folding, answered);
        say({ ask: folding, streams });
      }),
  );
  folds.set(folding, new PartitionFold(history, parked));
}

async function fold({
  fold: folding,
  events,
  parked,
}: Extract<SaidToThread, { fold: number }>): Promise<void> {
  try {
    const step = unpack(events).map((event, at) => {
      const reason = parked.get(at);
      return reason === undefined ? { event } : { event, parked: reason };
    });
    const chunks = (await folds.get(folding)?.fold(step)) ?? [];
    say({ folded: folding, chunks }, memoryOfChunks(chunks));
  } catch (error) {
    say({ failed: folding, error: error instanceof Error ? error.message : String(error) });
  }
}

// Whoever has begun this thread is still on the way to the first events.
prepareReading();

parentPort?.on('message', (said: SaidToThread | 'end') => {
  if (isEnding(said)) process.exit();
  if ('begin' in said) begin(said.begin, said.parked);
  else if ('fold' in said) void fold(said);
  else if ('answer' in said) asked.get(said.answer)?.(unpack(said.events));
  else {
    folds.delete(said.end);
    asked.delete(said.end);
  }
});
