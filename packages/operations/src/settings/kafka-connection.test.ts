import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from './configuration-error';
import { kafkaConnection } from './kafka-connection';
import { readSettings, type Environment } from './read-settings';

const names = [
  'LEDGER_KAFKA',
  'LEDGER_KAFKA_CA',
  'LEDGER_KAFKA_USER',
  'LEDGER_KAFKA_PASSWORD',
  'LEDGER_KAFKA_SIGN_IN',
] as const;
const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

function connection(environment: Environment): ReturnType<typeof kafkaConnection> {
  return kafkaConnection(readSettings({ LEDGER_KAFKA: 'one:9092', ...environment }, names));
}

describe('how Kafka is reached', () => {
  let folder: string;
  let authorities: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kafka-connection-'));
    authorities = join(folder, 'ca.pem');
    writeFileSync(authorities, certificate);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is in the open and as nobody, unless it is said otherwise', () => {
    expect(connection({})).toEqual({ brokers: ['one:9092'], security: {} });
  });

  it('is by TLS where it is said who is trusted', () => {
    expect(connection({ LEDGER_KAFKA_CA: 'system' }).security).toEqual({ tls: {} });
    expect(connection({ LEDGER_KAFKA_CA: authorities }).security).toEqual({
      tls: { authorities: certificate },
    });
  });

  it('is by a user and a password, which is not sent as it is', () => {
    const who = { LEDGER_KAFKA_USER: 'ledger', LEDGER_KAFKA_PASSWORD: 'a b' };
    const signIn = { user: 'ledger', password: 'a b' };
    expect(connection(who).security).toEqual({ signIn: { ...signIn, mechanism: 'scram-sha-512' } });
    expect(connection({ ...who, LEDGER_KAFKA_SIGN_IN: 'plain', LEDGER_KAFKA_CA: 'system' }).security).toEqual(
      { tls: {}, signIn: { ...signIn, mechanism: 'plain' } },
    );
  });

  it.each<[Environment, RegExp]>([
    [{ LEDGER_KAFKA_USER: 'ledger' }, /^LEDGER_KAFKA_PASSWORD: is not set, but LEDGER_KAFKA_USER is/],
    [{ LEDGER_KAFKA_PASSWORD: 'hush' }, /^LEDGER_KAFKA_USER: is not set, but LEDGER_KAFKA_PASSWORD is/],
    [{ LEDGER_KAFKA_SIGN_IN: 'plain' }, /^LEDGER_KAFKA_USER: is not set, but LEDGER_KAFKA_SIGN_IN is/],
    [
      { LEDGER_KAFKA_USER: 'ledger', LEDGER_KAFKA_PASSWORD: 'hush', LEDGER_KAFKA_SIGN_IN: 'plain' },
      /^LEDGER_KAFKA_SIGN_IN: “plain” sends the password as it is/,
    ],
    [{ LEDGER_KAFKA_SIGN_IN: 'kerberos' }, /^LEDGER_KAFKA_SIGN_IN: “kerberos”.*scram-sha-512/],
    [{ LEDGER_KAFKA_CA: '/no/such.pem' }, /^LEDGER_KAFKA_CA: \/no\/such\.pem cannot be read \(.*ENOENT/],
    [
      { LEDGER_KAFKA_CA: join(__dirname, 'kafka-connection.ts') },
      /^LEDGER_KAFKA_CA: there is no certificate in /,
    ],
  ])('%j is refused in words, without the password', (environment, words) => {
    const refused = (): unknown => connection(environment);
    expect(refused).toThrow(ConfigurationError);
    expect(refused).toThrow(words);
    expect(refused).not.toThrow('hush');
  });
});
