import type * as KafkaJs from 'kafkajs';
import { securedBy, type KafkaSecurity } from './security';

export interface KafkaOptions {
  /** Some of the cluster's brokers, as HOST:PORT; the others are learnt from them. */
  readonly brokers: readonly string[];
  /** By what name the brokers know who asks. */
  readonly client: string;
  /** In the open, and as nobody, where left out. */
  readonly security?: KafkaSecurity;
  /**
   * Is told what the client says to itself. It calls much an error that it puts right by trying again (a coordinator that
   * is loading, a group that is being shared out anew), so nothing of it is more than of use in a search for a fault. What
   * is an error is thrown.
   */
  readonly debug?: (line: string) => void;
}

/** Limits after which a broker counts as away, in milliseconds. Whoever is told so tries again as he thinks fit. */
const limits = {
  connectionTimeout: 3000,
  requestTimeout: 10_000,
  retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 1000 },
};

/** The client's code, loaded when it is first used: a ledger on one machine does without. */
export async function kafkaJs(): Promise<typeof KafkaJs> {
  // Node finds only some of its names by looking at it, and all of them in what it exports.
  return (await import('kafkajs')).default;
}

/** Makes the client. */
export function kafkaClient(
  { Kafka, logLevel }: typeof KafkaJs,
  { brokers, client, security = {}, debug }: KafkaOptions,
): KafkaJs.Kafka {
  return new Kafka({
    brokers: [...brokers],
    clientId: client,
    ...limits,
    ...securedBy(security),
    logLevel: debug === undefined ? logLevel.NOTHING : logLevel.INFO,
    logCreator:
      () =>
      ({ namespace, log: { message, error } }) =>
        debug?.(`${namespace}: ${message}${error === undefined ? '' : ` (${String(error)})`}`),
  });
}
