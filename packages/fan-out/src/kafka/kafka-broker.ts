import type * as KafkaJs from 'kafkajs';
import type {
  Broker,
  GroupMember,
  NewRecord,
  OffsetRange,
  PartitionEnds,
  PartitionTaker,
  RecordWriter,
  TopicRecord,
  TopicSetUp,
} from '../port';
import { kafkaClient, kafkaJs, type KafkaOptions } from './client';
import { asBrokerError, brokered } from './errors';
import { onceLed } from './leadership';
import { KafkaMember } from './member';
import { readRanges } from './reading';
import { toMessage } from './records';
import { ensureTopic } from './topic-set-up';

/** Acknowledged by every replica that keeps up. */
const allReplicas = -1;
/** How often a write is tried before its writer is given up. */
const writeRetries = 5;

/** Kafka, by its client KafkaJS. The client is unmaintained, so nothing of it is seen outside this folder. */
export class KafkaBroker implements Broker {
  private constructor(
    readonly library: typeof KafkaJs,
    readonly kafka: KafkaJs.Kafka,
  ) {}

  /** Makes the client; nothing is asked of a broker yet. */
  static async open(options: KafkaOptions): Promise<KafkaBroker> {
    const library = await kafkaJs();
    return new KafkaBroker(library, kafkaClient(library, options));
  }

  async ensureTopic(setUp: TopicSetUp): Promise<void> {
    await this.#administer(`setting up the topic ${setUp.topic}`, async (admin) =>
      ensureTopic(admin, setUp, this.library.ConfigResourceTypes.TOPIC),
    );
  }

  async writer(topic: string): Promise<RecordWriter> {
    const producer = this.kafka.producer({
      idempotent: true,
      // More of them may change places where one is tried again.
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: this.library.Partitioners.DefaultPartitioner,
      retry: { retries: writeRetries },
    });
    await brokered(`opening a writer of ${topic}`, async () => producer.connect());
    return new KafkaWriter(producer, topic);
  }

  async ends(topic: string): Promise<readonly PartitionEnds[]> {
    const doing = `saying where the topic ${topic} ends`;
    // Each time by a new client: one that has learnt of leaders goes on asking those.
    const found = await onceLed(async () =>
      this.#administer(doing, async (admin) => admin.fetchTopicOffsets(topic)),
    );
    return found
      .map(({ partition, low, high }) => ({ partition, first: BigInt(low), end: BigInt(high) }))
      .sort((one, other) => one.partition - other.partition);
  }

  async read(
    topic: string,
    ranges: readonly OffsetRange[],
    take: (records: readonly TopicRecord[]) => void,
  ): Promise<void> {
    await brokered(`reading the topic ${topic}`, async () => readRanges(this.kafka, topic, ranges, take));
  }

  async join<Read>(topic: string, group: string, taker: PartitionTaker<Read>): Promise<GroupMember> {
    return KafkaMember.join(this.kafka, topic, group, taker);
  }

  /** What is open is closed by whoever opened it. */
  async close(): Promise<void> {}

  /** What is administered is rare: each time anew, so that no connection is kept up for it. */
  async #administer<T>(doing: string, work: (admin: KafkaJs.Admin) => Promise<T>): Promise<T> {
    const admin = this.kafka.admin();
    try {
      return await brokered(doing, async () => {
        await admin.connect();
        return work(admin);
      });
    } finally {
      await admin.disconnect();
    }
  }
}

class KafkaWriter implements RecordWriter {
  constructor(
    readonly producer: KafkaJs.Producer,
    readonly topic: string,
  ) {}

  async write(records: readonly NewRecord[]): Promise<void> {
    try {
      await this.producer.send({
        topic: this.topic,
        acks: allReplicas,
        messages: records.map(toMessage),
      });
    } catch (error) {
      throw asBrokerError(error, `writing to ${this.topic}`);
    }
  }

  async close(): Promise<void> {
    await this.producer.disconnect();
  }
}
