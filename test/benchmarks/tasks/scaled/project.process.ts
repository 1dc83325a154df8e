import { randomUUID } from 'node:crypto';
import { decodeStoredBody } from '@ledger/events';
import { KafkaBroker, readLedgerRecord, type PartitionTaker, type TopicRecord } from '@ledger/fan-out';
import type { BenchEngines } from '../../lines/context';
import type { Sample } from '../../measuring/sample';
import { serveTask } from '../../measuring/task-process';
import { watched } from '../../measuring/watched';
import { withDatabase } from './bench-database';
import { plainRowsOf, PlainTable } from './plain-rows';
import { BenchService } from './service';

/*
 * Applies a topic to all read models in PostgreSQL, by the projector in a process of its own, from its start until it has
 * caught up; or does what cannot be left out of that: takes the same records as a member of a group, parses each event, and
 * copies the lines that it gives into a table without an index.
 */

export interface ProjectTask {
  readonly logFile: string;
  /** A topic that the log was published to. */
  readonly topic: string;
  readonly events: number;
  readonly who: 'projector' | 'two projectors' | 'floor';
  readonly engines: BenchEngines;
}

async function project({ topic, events, who, engines }: ProjectTask, address: string): Promise<Sample> {
  const { broker, server } = engines;
  const settings = {
    LEDGER_KAFKA: broker.address,
    LEDGER_KAFKA_TOPIC: topic,
    LEDGER_READ_MODELS: address,
  };
  const start = async (): Promise<BenchService> =>
    BenchService.start('projector', settings, 'Following the topic');
  let projectors: readonly BenchService[] = [];
  const sample = await watched(
    server,
    events,
    async () => {
      // Each has caught up when all of them have, and says so then.
      projectors = await Promise.all(who === 'projector' ? [start()] : [start(), start()]);
    },
    () => projectors.reduce((sum, { seconds }) => sum + seconds, 0),
  );
  for (const projector of projectors) await projector.end('SIGTERM');
  return sample;
}

async function floor({ logFile, topic, events, engines }: ProjectTask, address: string): Promise<Sample> {
  const rows = await plainRowsOf(logFile, events);
  const table = await PlainTable.make(address, rows);
  const broker = await KafkaBroker.open({ brokers: [engines.broker.address], client: 'bench' });
  let parsed = 0;
  let copying: Promise<void> = Promise.resolve();
  let sayDone: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (sayDone = resolve));
  const taker: PartitionTaker<TopicRecord> = {
    begin: async () => 0n,
    read: (record) => record,
    take: async (_partition, records) => {
      let text = '';
      for (const record of records) {
        const { event } = readLedgerRecord(record);
        if (event === undefined) continue;
        if (decodeStoredBody(event.bytes).type !== '') parsed += 1;
        text += rows.get(Number(event.position)) ?? '';
      }
      // One connection copies one thing after another.
      copying = copying.then(async () => table.copy(text));
      await copying;
      if (parsed === events) sayDone();
      return (records.at(-1)?.offset ?? -1n) + 1n;
    },
    end: () => undefined,
  };
  const sample = await watched(engines.server, events, async () => {
    const member = await broker.join(topic, `bench-${randomUUID()}`, taker);
    await Promise.race([done, member.over]);
    await member.leave();
  });
  await table.close();
  return sample;
}

serveTask(async (task: ProjectTask) =>
  withDatabase(task.engines.server, async (address) =>
    task.who === 'floor' ? floor(task, address) : project(task, address),
  ),
);
