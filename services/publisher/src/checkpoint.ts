import type { ReadableLog } from '@ledger/event-log';
import { decodeStoredBody } from '@ledger/events';
import { lastWatermark, type Broker, type Watermark } from '@ledger/fan-out';

/** A topic that was filled from another log, or from this one before it was put back to an earlier state. */
export class TopicOfOtherLogError extends Error {
  readonly code = 'TOPIC_OF_OTHER_LOG';
  constructor(topic: string, { position, event }: Watermark, instead: string) {
    super(
      `The topic ${topic} holds everything up to position ${position}, where the event ${event} stands; this log ${instead}. It was filled from another log, or from this one before it was restored. Set LEDGER_KAFKA_TOPIC to a new name: the topic is filled from this log.`,
    );
    this.name = 'TopicOfOtherLogError';
  }
}

/**
 * The position up to which a topic is filled from a log: the topic itself says so, and so cannot be of another mind than a
 * checkpoint that is kept elsewhere.
 * @throws TopicOfOtherLogError, BrokerError
 */
export async function filledUpTo(
  log: Pick<ReadableLog, 'head' | 'readPage'>,
  broker: Broker,
  topic: string,
): Promise<bigint> {
  const watermark = await lastWatermark(broker, topic);
  if (watermark === undefined) return 0n;
  const { position } = watermark;
  const head = (await log.head()).position;
  if (head < position) throw new TopicOfOtherLogError(topic, watermark, `ends at position ${head}`);
  const [event] = await log.readPage({ after: position - 1n, limit: 1 });
  const found = event && decodeStoredBody(event.bytes).id;
  if (found !== watermark.event) throw new TopicOfOtherLogError(topic, watermark, `has ${found} there`);
  return position;
}
