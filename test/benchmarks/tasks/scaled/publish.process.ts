import { randomUUID } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FollowedSqliteLog } from '@ledger/event-log';
import { decodeStoredBody, readEvent } from '@ledger/events';
import { eventRecord, KafkaBroker, sourceOf } from '@ledger/fan-out';
import { inBatches, Publisher } from '@ledger/publisher';
import { Kafka, logLevel, type Message } from 'kafkajs';
import type { BenchEngines } from '../../lines/context';
import type { Sample } from '../../measuring/sample';
import { serveTask } from '../../measuring/task-process';
import { watched } from '../../measuring/watched';

/* Publishes a log to a topic as the product does; or hands the same records to a producer that has nothing else to do. */

export interface PublishTask {
  readonly logFile: string;
  readonly events: number;
  readonly who: 'publisher' | 'producer';
  readonly broker: BenchEngines['broker'];
}

const partitions = 6;
/** As the publisher reads. */
const pageSize = 1000;

/** Does work with a new topic, and removes the topic. */
async function onTopic(
  { broker, events, logFile }: PublishTask,
  work: (topic: string) => Promise<Sample>,
): Promise<Sample> {
  const topic = `bench-${randomUUID()}`;
  const kafka = new Kafka({ brokers: [broker.address], logLevel: logLevel.NOTHING });
  const port = await KafkaBroker.open({ brokers: [broker.address], client: 'bench' });
  await port.ensureTopic({ topic, partitions });
  const { values, ...used } = await work(topic);
  const sizes = {
    bytesPerEvent: bytesOf(broker.data, topic) / events,
    logBytesPerEvent: statSync(logFile).size / events,
  };
  const admin = kafka.admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [topic] });
  await admin.disconnect();
  return { ...used, values: { ...values, ...sizes } };
}

/** Bytes of the segments of a topic. */
function bytesOf(data: string, topic: string): number {
  let bytes = 0;
  for (const partition of readdirSync(data))
    if (partition.startsWith(`${topic}-`))
      for (const file of readdirSync(join(data, partition)))
        if (file.endsWith('.log')) bytes += statSync(join(data, partition, file)).size;
  return bytes;
}

async function publish(task: PublishTask): Promise<Sample> {
  const log = FollowedSqliteLog.open(task.logFile);
  const broker = await KafkaBroker.open({ brokers: [task.broker.address], client: 'bench' });
  const sample = await onTopic(task, async (topic) => {
    const publisher = new Publisher({ log, broker, setUp: { topic, partitions } });
    let running: Promise<void> = Promise.resolve();
    const found = await watched(task.broker, task.events, async () => {
      running = publisher.run();
      await Promise.race([publisher.caughtUp(), running]);
    });
    const { position } = await publisher.standing();
    publisher.stop();
    await running;
    if (Number(position) !== task.events)
      throw new RangeError(`Only ${position} of ${task.events} events were published`);
    return found;
  });
  await log.close();
  return sample;
}

/** The records of a log as the client takes them, in the batches in which the publisher writes them. */
async function messagesOf({ logFile, events }: PublishTask): Promise<Message[][]> {
  const log = FollowedSqliteLog.open(logFile);
  const batches: Message[][] = [];
  let source: string | undefined;
  for (let after = 0; after < events; after += pageSize)
    for (const batch of inBatches(await log.readPage({ after: BigInt(after), limit: pageSize }))) {
      const [first] = batch;
      if (source === undefined && first !== undefined) {
        const opened = readEvent(decodeStoredBody(first.bytes), first.position);
        if (opened.type !== 'LedgerOpened') throw new RangeError('The log begins with no opening');
        source = sourceOf(opened.data.ledger);
      }
      const target = { source: source ?? '', partitions };
      batches.push(
        batch.map((event) => {
          const record = eventRecord({ ...event, cursor: String(event.position) }, target);
          const { partition, key, headers, value } = record;
          return { partition, key, headers: { ...headers }, value: Buffer.from(value) };
        }),
      );
    }
  await log.close();
  return batches;
}

async function produce(task: PublishTask): Promise<Sample> {
  const batches = await messagesOf(task);
  const kafka = new Kafka({ brokers: [task.broker.address], logLevel: logLevel.NOTHING });
  // As durable as ours: each once, in order, acknowledged by all.
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
  });
  await producer.connect();
  const sample = await onTopic(task, async (topic) =>
    watched(task.broker, task.events, async () => {
      for (const messages of batches) await producer.send({ topic, acks: -1, messages });
    }),
  );
  await producer.disconnect();
  return sample;
}

serveTask((task: PublishTask) => (task.who === 'publisher' ? publish(task) : produce(task)));
