import { readConfiguration } from './configuration';

const needed = { LEDGER_LOG: 'data/ours/log.db', KAFKA_BROKERS: 'one:9092, two:9092' };

test('a publisher needs a log and brokers; the rest is as usual unless said', () => {
  expect(readConfiguration(needed)).toEqual({
    log: 'data/ours/log.db',
    brokers: ['one:9092', 'two:9092'],
    topic: 'ledger',
    partitions: 6,
    port: 8082,
    host: '127.0.0.1',
  });
  const said = { LEDGER_TOPIC: 'ledger.2', LEDGER_PARTITIONS: '12', LEDGER_REPLICAS: '3', PORT: '0' };
  expect(readConfiguration({ ...needed, ...said })).toMatchObject({
    topic: 'ledger.2',
    partitions: 12,
    replicas: 3,
    port: 0,
  });
});

test.each([
  ['LEDGER_LOG', undefined],
  ['KAFKA_BROKERS', undefined],
  ['KAFKA_BROKERS', 'one'],
  ['KAFKA_BROKERS', 'one:9092,,two:9092'],
  ['LEDGER_TOPIC', 'of ours'],
  ['LEDGER_PARTITIONS', '0'],
  ['LEDGER_PARTITIONS', 'six'],
  ['LEDGER_REPLICAS', '1.5'],
  ['PORT', 'http'],
])('%s as %p is refused, by its name', (name, value) => {
  const environment = { ...needed, [name]: value };
  expect(() => readConfiguration(environment)).toThrow(
    expect.objectContaining({ code: 'CONFIGURATION', message: expect.stringMatching(`^${name}`) }),
  );
});
