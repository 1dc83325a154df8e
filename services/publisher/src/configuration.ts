import { ConfigurationError } from '@ledger/operations';
import { z } from 'zod';

const address = /^[^\s,:]+:\d+$/;

const Environment = z.object({
  LEDGER_LOG: z.string({ error: 'must name the file of a log, log.db in the folder of a ledger' }).min(1),
  KAFKA_BROKERS: z
    .string({ error: 'must name brokers of Kafka: HOST:PORT, and others behind commas' })
    .transform((text) => text.split(',').map((one) => one.trim()))
    .refine((all) => all.every((one) => address.test(one)), {
      error: 'must name brokers of Kafka: HOST:PORT, and others behind commas',
    }),
  LEDGER_TOPIC: z
    .string()
    .regex(/^[\w.-]{1,200}$/, { error: 'must be the name of a topic: letters, digits, and . _ -' })
    .default('ledger'),
  LEDGER_PARTITIONS: z.coerce
    .number({ error: 'must be a number of partitions, from 1 to 1000' })
    .int({ error: 'must be a number of partitions, from 1 to 1000' })
    .min(1, { error: 'must be a number of partitions, from 1 to 1000' })
    .max(1000, { error: 'must be a number of partitions, from 1 to 1000' })
    .default(6),
  LEDGER_REPLICAS: z.coerce
    .number({ error: 'must be a number of brokers' })
    .int({ error: 'must be a number of brokers' })
    .min(1, { error: 'must be a number of brokers' })
    .optional(),
  PORT: z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65535).default(8082),
  HOST: z.string().min(1).default('127.0.0.1'),
});

/** What a publisher is told by its environment. */
export interface Configuration {
  /** The file of the log. */
  readonly log: string;
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly partitions: number;
  readonly replicas?: number;
  readonly port: number;
  readonly host: string;
}

/** @throws ConfigurationError naming the setting */
export function readConfiguration(environment: NodeJS.ProcessEnv): Configuration {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigurationError(`${issue?.path.join('.')}: ${issue?.message}.`);
  }
  const { LEDGER_LOG, KAFKA_BROKERS, LEDGER_TOPIC, LEDGER_PARTITIONS, LEDGER_REPLICAS, PORT, HOST } =
    parsed.data;
  return {
    log: LEDGER_LOG,
    brokers: KAFKA_BROKERS,
    topic: LEDGER_TOPIC,
    partitions: LEDGER_PARTITIONS,
    ...(LEDGER_REPLICAS !== undefined && { replicas: LEDGER_REPLICAS }),
    port: PORT,
    host: HOST,
  };
}
