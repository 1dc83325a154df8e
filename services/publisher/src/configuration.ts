import type { LogAddress } from '@ledger/event-log';
import type { TopicSetUp } from '@ledger/fan-out';
import {
  kafkaConnection,
  needed,
  readSettings,
  settingsOf,
  traceSettings,
  usualPorts,
  type Environment,
  type ListeningAddress,
  type TraceSettings,
} from '@ledger/operations';

/** A topic that nobody has said anything of. */
const usual = { topic: 'ledger', partitions: 6 } as const;

/** What a publisher is told by its environment. */
export interface Configuration {
  readonly log: LogAddress;
  /** Where what was seen of a log in KurrentDB is kept. */
  readonly folder: string | undefined;
  readonly kafka: ReturnType<typeof kafkaConnection>;
  readonly setUp: TopicSetUp;
  /** Where health and metrics are. */
  readonly on: ListeningAddress;
  /** Where traces are sent, if anywhere. */
  readonly traces: TraceSettings | undefined;
}

/** @throws ConfigurationError naming the setting */
export function readConfiguration(environment: Environment): Configuration {
  const settings = readSettings(environment, settingsOf('publisher'));
  const { LEDGER_KAFKA_REPLICAS: replicas } = settings;
  return {
    log: needed(settings, 'LEDGER_LOG'),
    folder: settings.LEDGER_DATA,
    kafka: kafkaConnection(settings),
    setUp: {
      topic: settings.LEDGER_KAFKA_TOPIC ?? usual.topic,
      partitions: settings.LEDGER_KAFKA_PARTITIONS ?? usual.partitions,
      ...(replicas !== undefined && { replicas }),
    },
    on: { host: settings.HOST ?? '127.0.0.1', port: settings.PORT ?? usualPorts.publisher },
    traces: traceSettings('publisher', settings.OTEL_EXPORTER_OTLP_ENDPOINT),
  };
}
