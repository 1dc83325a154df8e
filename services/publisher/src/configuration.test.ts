import { readConfiguration } from './configuration';

const needed = { LEDGER_LOG: 'data/ours/log.db', LEDGER_KAFKA: 'one:9092, two:9092' };

test('a publisher needs a log and brokers; the rest is as usual unless said', () => {
  expect(readConfiguration(needed)).toEqual({
    log: { engine: 'sqlite', file: 'data/ours/log.db' },
    folder: undefined,
    kafka: { brokers: ['one:9092', 'two:9092'], security: {} },
    setUp: { topic: 'ledger', partitions: 6 },
    on: { host: '127.0.0.1', port: 8084 },
  });
  const said = {
    LEDGER_KAFKA_TOPIC: 'ledger.2',
    LEDGER_KAFKA_PARTITIONS: '12',
    LEDGER_KAFKA_REPLICAS: '3',
    PORT: '0',
  };
  expect(readConfiguration({ ...needed, ...said })).toMatchObject({
    setUp: { topic: 'ledger.2', partitions: 12, replicas: 3 },
    on: { port: 0 },
  });
});

test.each(['LEDGER_LOG', 'LEDGER_KAFKA'])('without %s it says what is missing', (name) => {
  expect(() => readConfiguration({ ...needed, [name]: undefined })).toThrow(
    expect.objectContaining({
      code: 'CONFIGURATION',
      message: expect.stringMatching(`^${name}: is not set`),
    }),
  );
});
