import type { z } from 'zod';
import { alone, listening, usualPorts, type Program } from './programs';
import {
  anyText,
  brokers,
  commandLine,
  count,
  listeningAddress,
  logAddress,
  port,
  postgresAddress,
  signInMechanism,
  thisMachine,
  topic,
  vaultAddress,
  webAddress,
} from './setting-types';

/** One variable of the environment. */
interface Setting {
  readonly type: z.ZodType<unknown, string>;
  /** What it says, in the words of whoever sets it. */
  readonly means: string;
  /** What may stand in it. */
  readonly takes: string;
  /** What holds where it is not set. */
  readonly otherwise: string;
  /** Those that take it. */
  readonly programs: readonly Program[];
  /** True where it holds a password or a key: it is never shown. */
  readonly secret?: true;
}

const file = 'a path';
const folder = 'the path of a folder';
const web = 'an address, `https://HOST` or `http://HOST:PORT`';
const database = '`postgresql://USER:PASSWORD@HOST:PORT/DATABASE`';
/** The programs that keep or ask read models. */
const ofReadModels = ['projector', 'reporting', 'recording'] as const;
/** The programs that write to a topic, or read from it. */
const ofKafka = ['publisher', 'projector'] as const;
/** The most partitions of a topic, and brokers of a cluster: beyond them a setting is a slip of the finger. */
const most = { partitions: 1000, brokers: 100 } as const;
const serving = ['standalone', 'recording', 'reporting'] as const;

/**
 * Every setting that the programs take from the environment, in this one place: they are read by it, and
 * docs/configuration.md is written from it.
 */
export const settings = {
  HOST: {
    type: anyText,
    means: 'the address that it listens on',
    takes: 'an address of this machine, or `0.0.0.0` for all of them',
    otherwise: '`127.0.0.1`: this machine alone',
    programs: listening,
  },
  PORT: {
    type: port,
    means: 'the port that it listens on',
    takes: 'a port, 0 to 65535 (0: one that is free)',
    otherwise: listening.map((program) => `${program} ${usualPorts[program]}`).join(', '),
    programs: listening,
  },
  LEDGER_PUBLIC_URL: {
    type: webAddress,
    means: 'where people reach the ledger, if not on this machine',
    takes: web,
    otherwise: 'this machine',
    programs: serving,
  },
  LEDGER_OPERATIONS: {
    type: listeningAddress,
    means:
      'where health and metrics are answered besides, for a network of the operators: on the port of the pages metrics are answered to this machine only',
    takes: '`HOST:PORT`',
    otherwise: 'nowhere else',
    programs: serving,
  },
  LEDGER_DATA: {
    type: anyText,
    means: 'the folder of the ledger’s files; of a program that runs alone, of what has no engine of its own',
    takes: folder,
    otherwise:
      '`data/demonstration` in the project’s folder, `data/empty` with `--empty`; projector and publisher: what they saw of a log in KurrentDB is not kept, and read again at each start',
    programs: [...serving, 'projector', 'publisher', 'command'],
  },
  LEDGER_LOG: {
    type: logAddress,
    means: 'where the event log is; of a projector with `LEDGER_KAFKA`, where it finds what the topic lacks',
    takes: '`sqlite:PATH` (`log.db` in the folder of a ledger), or `kurrentdb://HOST:PORT?…`',
    otherwise: 'it must be set, but where a projector has `LEDGER_KAFKA`',
    programs: alone,
    secret: true,
  },
  LEDGER_READ_MODELS: {
    type: postgresAddress,
    means: 'the database of the read models',
    takes: database,
    otherwise: 'it must be set',
    programs: ofReadModels,
    secret: true,
  },
  LEDGER_KAFKA: {
    type: brokers,
    means: 'the brokers of Kafka that are asked first',
    takes: '`HOST:PORT`, several with commas between them',
    otherwise: 'the publisher needs it; the projector follows the log itself',
    programs: ofKafka,
  },
  LEDGER_KAFKA_CA: {
    type: anyText,
    means: 'by whom the brokers’ certificates are trusted; with it, connections to Kafka are by TLS',
    takes: `the path of a file of certificates (PEM), or \`${thisMachine}\` for those that this machine trusts`,
    otherwise: 'connections to Kafka are in the open',
    programs: ofKafka,
  },
  LEDGER_KAFKA_USER: {
    type: anyText,
    means: 'who signs in to Kafka, by SASL',
    takes: 'a name',
    otherwise: 'nobody signs in',
    programs: ofKafka,
  },
  LEDGER_KAFKA_PASSWORD: {
    type: anyText,
    means: 'the password of that user',
    takes: 'a text',
    otherwise: 'it is set with the user',
    programs: ofKafka,
    secret: true,
  },
  LEDGER_KAFKA_SIGN_IN: {
    type: signInMechanism,
    means: 'how that password is proved',
    takes: '`scram-sha-512`, `scram-sha-256`, or, by TLS only, `plain`',
    otherwise: '`scram-sha-512`',
    programs: ofKafka,
  },
  LEDGER_KAFKA_TOPIC: {
    type: topic,
    means: 'the topic that events are published to, made where it is missing',
    takes: 'letters, digits, `.`, `_` and `-`, at most 249',
    otherwise: '`ledger`',
    programs: ofKafka,
  },
  LEDGER_KAFKA_PARTITIONS: {
    type: count(most.partitions),
    means: 'how many partitions the topic is made with; for ever',
    takes: `a number, 1 to ${most.partitions}`,
    otherwise: '6',
    programs: ['publisher'],
  },
  LEDGER_KAFKA_REPLICAS: {
    type: count(most.brokers),
    means: 'on how many brokers each record of the topic lies, when it is made',
    takes: `a number, 1 to ${most.brokers}`,
    otherwise: 'as the cluster has it for its topics',
    programs: ['publisher'],
  },
  LEDGER_VAULT: {
    type: vaultAddress,
    means:
      'where people, notes and evidence are kept; a database of its own. `ledger init` makes the vault there',
    takes: `${database}; for one process alone also \`sqlite:PATH\``,
    otherwise: 'it must be set',
    programs: ['recording', 'reporting', 'command'],
    secret: true,
  },
  LEDGER_VAULT_KEY: {
    type: anyText,
    means: 'the file of the key that a vault in PostgreSQL is sealed with, made where it is missing',
    takes: file,
    otherwise: '`vault.key` in `LEDGER_DATA`; with `ledger init`, in the folder that it makes',
    programs: ['recording', 'reporting', 'command'],
  },
  LEDGER_ACCOUNTS: {
    type: postgresAddress,
    means:
      'the database of the accounts and sessions of a live ledger, the same for recording and reporting. `ledger init` puts the first account there',
    takes: database,
    otherwise: '`access.db` in `LEDGER_DATA`, which recording alone uses; reporting serves a demonstration',
    programs: ['recording', 'reporting', 'command'],
    secret: true,
  },
  LEDGER_CHECKPOINTS: {
    type: anyText,
    means: 'where signed checkpoints are copied to; goes before what `ledger.json` says',
    takes: 'the path of a folder outside that of the ledger',
    otherwise: 'what `ledger.json` says',
    programs: ['standalone', 'recording', 'command'],
  },
  LEDGER_EVIDENCE_SCANNER: {
    type: commandLine,
    means: 'the command that looks through evidence for viruses',
    takes: 'a command with its parameters, spaces between them',
    otherwise: 'evidence is not looked through',
    programs: ['standalone', 'recording'],
  },
  LEDGER_OIDC_ISSUER: {
    type: webAddress,
    means: 'the OpenID Connect provider by which people sign in',
    takes: web,
    otherwise: 'people sign in with passwords',
    programs: serving,
  },
  LEDGER_OIDC_CLIENT_ID: {
    type: anyText,
    means: 'this ledger’s registration with the provider',
    takes: 'a text',
    otherwise: 'it is set with the provider’s address',
    programs: serving,
  },
  LEDGER_OIDC_CLIENT_SECRET: {
    type: anyText,
    means: 'the secret of that registration',
    takes: 'a text',
    otherwise: 'it is set with the provider’s address',
    programs: serving,
    secret: true,
  },
  LEDGER_OIDC_AUDIENCE: {
    type: anyText,
    means: 'for whom bearer tokens must be meant',
    takes: 'a text',
    otherwise: 'the client id',
    programs: serving,
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    type: webAddress,
    means: 'the OpenTelemetry collector that traces are sent to, by OTLP over HTTP',
    takes: web,
    otherwise: 'nothing is traced, and nothing loaded for it',
    programs: [...serving, 'projector', 'publisher'],
  },
  LEDGER_PASSWORD: {
    type: anyText,
    means: 'the password that the command signs in with or sets',
    takes: 'a text',
    otherwise: 'it is asked for',
    programs: ['command'],
    secret: true,
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;

/** What a setting is, once it is read. */
export type SettingValue<N extends SettingName> = z.infer<(typeof settings)[N]['type']>;

/** A setting as its table says it, without the type of its value. */
export function settingOf(name: SettingName): Setting {
  return settings[name];
}

/** The names of the settings that a program takes, in the order of the table. */
export function settingsOf(program: Program): readonly SettingName[] {
  // The keys of the table are its names.
  return (Object.keys(settings) as SettingName[]).filter((name) =>
    settingOf(name).programs.includes(program),
  );
}
