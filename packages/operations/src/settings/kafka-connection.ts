import { readFileSync } from 'node:fs';
import type { KafkaOptions, KafkaSecurity } from '@ledger/fan-out';
import { ConfigurationError } from './configuration-error';
import { needed, type Settings } from './read-settings';
import { thisMachine } from './setting-types';

/** The settings that say how Kafka is reached. */
export type KafkaSettings = Settings<
  'LEDGER_KAFKA' | 'LEDGER_KAFKA_CA' | 'LEDGER_KAFKA_USER' | 'LEDGER_KAFKA_PASSWORD' | 'LEDGER_KAFKA_SIGN_IN'
>;

/** Nobody who listens learns the password from it, unlike from `plain`. */
const usualMechanism = 'scram-sha-512';

/** @throws ConfigurationError for brokers that are not named, and for what does not fit together */
export function kafkaConnection(settings: KafkaSettings): Pick<KafkaOptions, 'brokers' | 'security'> {
  const brokers = needed(settings, 'LEDGER_KAFKA');
  const signIn = signInOf(settings);
  const tls = tlsOf(settings);
  if (signIn?.mechanism === 'plain' && tls === undefined)
    throw new ConfigurationError(
      'LEDGER_KAFKA_SIGN_IN: “plain” sends the password as it is, so it is used over TLS only; set LEDGER_KAFKA_CA too, or leave it out and sign in by scram-sha-512.',
    );
  return {
    brokers,
    security: { ...(tls !== undefined && { tls }), ...(signIn !== undefined && { signIn }) },
  };
}

function tlsOf({ LEDGER_KAFKA_CA: authorities }: KafkaSettings): KafkaSecurity['tls'] {
  if (authorities === undefined) return undefined;
  return authorities === thisMachine ? {} : { authorities: readCertificates(authorities) };
}

function readCertificates(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(
      `LEDGER_KAFKA_CA: ${file} cannot be read (${why}); name a file of certificates (PEM), or “${thisMachine}” for those that this machine trusts.`,
    );
  }
  if (/^-----BEGIN CERTIFICATE-----$/m.test(text)) return text;
  throw new ConfigurationError(
    `LEDGER_KAFKA_CA: there is no certificate in ${file}; it takes a file of the authorities that brokers are trusted by, as PEM.`,
  );
}

function signInOf({
  LEDGER_KAFKA_USER: user,
  LEDGER_KAFKA_PASSWORD: password,
  LEDGER_KAFKA_SIGN_IN: mechanism,
}: KafkaSettings): KafkaSecurity['signIn'] {
  if (user !== undefined && password !== undefined)
    return { mechanism: mechanism ?? usualMechanism, user, password };
  const set = { LEDGER_KAFKA_USER: user, LEDGER_KAFKA_PASSWORD: password, LEDGER_KAFKA_SIGN_IN: mechanism };
  const [given] = Object.entries(set).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (given === undefined) return undefined;
  const missing = user === undefined ? 'LEDGER_KAFKA_USER' : 'LEDGER_KAFKA_PASSWORD';
  throw new ConfigurationError(
    `${missing}: is not set, but ${given} is; user and password are set together, or neither.`,
  );
}
