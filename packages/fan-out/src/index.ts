export { BrokerError, isBrokerUnavailable, TopicDiffersError } from './errors';
export type { KafkaOptions } from './kafka/client';
export { KafkaBroker } from './kafka/kafka-broker';
export { signInMechanisms, type KafkaSecurity } from './kafka/security';
export { lastWatermark } from './ledger-topic/last-watermark';
export { readLedgerRecord, type LedgerRecord } from './ledger-topic/reading';
export {
  eventRecord,
  sourceOf,
  watermarkRecords,
  type PublishedEvent,
  type Watermark,
} from './ledger-topic/writing';
export { MemoryBroker } from './memory/memory-broker';
export { partitionOf } from './partitioner';
export type {
  Broker,
  GroupMember,
  NewRecord,
  OffsetRange,
  PartitionEnds,
  PartitionTaker,
  RecordWriter,
  TopicRecord,
  TopicSetUp,
} from './port';
