import { ConfigurationError } from './configuration-error';
import { needed, readSettings } from './read-settings';
import { settingOf, settings, type SettingName } from './settings';

// The keys of the table are its names.
const names = Object.keys(settings) as SettingName[];

test('settings are read as what they mean', () => {
  expect(
    readSettings(
      {
        PORT: '8091',
        LEDGER_OPERATIONS: '[::]:9100',
        LEDGER_LOG: 'sqlite:data/log.db',
        LEDGER_KAFKA: 'one:9092, two:9092',
        LEDGER_KAFKA_PARTITIONS: '12',
        LEDGER_EVIDENCE_SCANNER: ' clamdscan  --fdpass ',
      },
      names,
    ),
  ).toMatchObject({
    PORT: 8091,
    LEDGER_OPERATIONS: { host: '::', port: 9100 },
    LEDGER_LOG: { engine: 'sqlite', file: 'data/log.db' },
    LEDGER_KAFKA: ['one:9092', 'two:9092'],
    LEDGER_KAFKA_PARTITIONS: 12,
    LEDGER_EVIDENCE_SCANNER: ['clamdscan', '--fdpass'],
    HOST: undefined,
  });
});

test.each([
  ['data/log.db', { engine: 'sqlite', file: 'data/log.db' }],
  ['C:\\ledger\\log.db', { engine: 'sqlite', file: 'C:\\ledger\\log.db' }],
  ['kurrentdb://db:2113?tls=false', { engine: 'kurrentdb', connection: 'kurrentdb://db:2113?tls=false' }],
  ['kurrentdb+discover://db:2113', { engine: 'kurrentdb', connection: 'kurrentdb+discover://db:2113' }],
])('the address of a log: %s', (text, address) => {
  expect(readSettings({ LEDGER_LOG: text }, ['LEDGER_LOG'])).toEqual({ LEDGER_LOG: address });
});

test('what is set to nothing counts as not set', () => {
  expect(readSettings({ PORT: '', LEDGER_PUBLIC_URL: ' ' }, ['PORT', 'LEDGER_PUBLIC_URL'])).toEqual({
    PORT: undefined,
    LEDGER_PUBLIC_URL: undefined,
  });
});

test.each<[SettingName, string]>([
  ['PORT', '80a'],
  ['PORT', '65536'],
  ['LEDGER_PUBLIC_URL', 'ledger.example.org'],
  ['LEDGER_PUBLIC_URL', 'ftp://ledger.example.org'],
  ['LEDGER_OPERATIONS', '9100'],
  ['LEDGER_LOG', 'postgresql://localhost/log'],
  ['LEDGER_LOG', 'sqlite:'],
  ['LEDGER_LOG', 'kurrentdb://'],
  ['LEDGER_READ_MODELS', 'mysql://localhost/ledger'],
  ['LEDGER_VAULT', 'vault.db'],
  ['LEDGER_ACCOUNTS', 'sqlite:access.db'],
  ['LEDGER_KAFKA', 'kafka:9092,'],
  ['LEDGER_KAFKA_TOPIC', 'the ledger'],
  ['LEDGER_KAFKA_PARTITIONS', '0'],
  ['LEDGER_KAFKA_PARTITIONS', '1001'],
  ['LEDGER_KAFKA_PARTITIONS', 'six'],
  ['LEDGER_KAFKA_REPLICAS', '1.5'],
])('%s=%s is refused with its name, what is wrong, and what it takes', (name, text) => {
  expect(() => readSettings({ [name]: text }, names)).toThrow(ConfigurationError);
  expect(() => readSettings({ [name]: text }, names)).toThrow(
    new RegExp(`^${name}: .* is no .*; it takes ${settingOf(name).takes.slice(0, 10)}`),
  );
});

test('no secret is said again', () => {
  const addresses = ['LEDGER_LOG', 'LEDGER_READ_MODELS', 'LEDGER_VAULT', 'LEDGER_ACCOUNTS'] as const;
  const said = addresses.map((name) => {
    try {
      return readSettings({ [name]: 'mysql://user:canary@host' }, [name]);
    } catch (error) {
      return String(error);
    }
  });
  expect(said).toEqual(addresses.map((name) => expect.stringContaining(name)));
  expect(JSON.stringify(said)).not.toContain('canary');
});

test('a setting that is needed and missing is asked for by what it says', () => {
  expect(() => needed(readSettings({}, ['LEDGER_READ_MODELS']), 'LEDGER_READ_MODELS')).toThrow(
    'LEDGER_READ_MODELS: is not set; it says the database of the read models, and takes `postgresql://',
  );
});
