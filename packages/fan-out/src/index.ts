export { BrokerError, isBrokerUnavailable, TopicDiffersError } from './errors';
export { KafkaBroker } from './kafka/kafka-broker';
export { MemoryBroker } from './memory/memory-broker';
export { partitionOf } from './partitioner';
export type {
  Broker,
  NewRecord,
  OffsetRange,
  PartitionEnds,
  RecordWriter,
  TopicRecord,
  TopicSetUp,
} from './port';
