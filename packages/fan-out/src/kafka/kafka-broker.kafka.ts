import { randomUUID } from 'node:crypto';
import { ConfigResourceTypes, Kafka, logLevel, type Admin } from 'kafkajs';
import { brokerCompliance } from '../compliance/broker-compliance';
import { TestTaker } from '../compliance/test-taker';
import { KafkaBroker } from './kafka-broker';

const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');

brokerCompliance('Kafka', async () => KafkaBroker.open({ brokers, client: 'compliance' }));

describe('on Kafka alone', () => {
  let broker: KafkaBroker;
  let admin: Admin;
  beforeAll(async () => {
    broker = await KafkaBroker.open({ brokers, client: 'test' });
    admin = new Kafka({ brokers, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
  });
  afterAll(async () => admin.disconnect());

  it('a topic that was set up keeps everything', async () => {
    const topic = `kept-${randomUUID()}`;
    await broker.ensureTopic({ topic, partitions: 2, replicas: 1 });
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name: topic }],
    });
    const settings = resources.flatMap(({ configEntries }) =>
      configEntries.map(({ configName, configValue }) => [configName, configValue] as const),
    );
    expect(Object.fromEntries(settings)).toMatchObject({
      'cleanup.policy': 'delete',
      'retention.ms': '-1',
      'retention.bytes': '-1',
    });
  });

  it.each([
    ['retention.ms', '604800000'],
    ['retention.bytes', '1000000'],
    ['cleanup.policy', 'compact'],
  ])('a topic that would lose records by %s is refused', async (name, value) => {
    const topic = `losing-${randomUUID()}`;
    const kept = { 'retention.ms': '-1', 'retention.bytes': '-1', 'cleanup.policy': 'delete' };
    const configEntries = Object.entries({ ...kept, [name]: value }).map(([name, value]) => ({
      name,
      value,
    }));
    await admin.createTopics({ topics: [{ topic, numPartitions: 1, configEntries }], waitForLeaders: false });
    await expect(broker.ensureTopic({ topic, partitions: 1, replicas: 1 })).rejects.toMatchObject({
      code: 'TOPIC_DIFFERS',
      message: expect.stringContaining(`${name} = ${value}`),
    });
  });

  it('more replicas than there are brokers are refused: trying again does not help', async () => {
    await expect(
      broker.ensureTopic({ topic: `replicas-${randomUUID()}`, partitions: 1, replicas: 3 }),
    ).rejects.toMatchObject({ code: 'BROKER_REFUSED' });
  });

  it('a record that is larger than the broker takes is refused', async () => {
    const topic = `large-${randomUUID()}`;
    await broker.ensureTopic({ topic, partitions: 1, replicas: 1 });
    const writer = await broker.writer(topic);
    const value = new Uint8Array(2 * 1024 * 1024);
    await expect(writer.write([{ partition: 0, key: 'a', headers: {}, value }])).rejects.toMatchObject({
      code: 'BROKER_REFUSED',
    });
    await writer.close();
  });

  it('a taker that goes back is given everything from there, and nothing that was read ahead of it', async () => {
    const topic = `back-${randomUUID()}`;
    await broker.ensureTopic({ topic, partitions: 1, replicas: 1 });
    const writer = await broker.writer(topic);
    // Far more than is fetched at once.
    const many = 200;
    const value = new Uint8Array(100_000);
    for (let at = 0; at < many; at += 5)
      await writer.write(Array.from({ length: 5 }, () => ({ partition: 0, key: 'a', headers: {}, value })));
    await writer.close();
    const taker = new TestTaker();
    let takes = 0;
    let handed = 0;
    taker.before = async (_partition, records) => {
      takes += 1;
      handed += records.length;
      if (takes > 2) return undefined;
      // The client has read on.
      await taker.until(() => taker.reads > handed);
      return takes === 2 ? 1n : undefined;
    };
    const member = await broker.join(topic, `${topic}-group`, taker);
    await taker.until(() => taker.taken.at(-1)?.offset === BigInt(many - 1));
    await member.leave();
    const offsets = taker.taken.map(({ offset }) => Number(offset));
    const before = offsets.indexOf(1, 2);
    expect(offsets).toEqual([
      ...Array.from({ length: before }, (_, at) => at),
      ...Array.from({ length: many - 1 }, (_, at) => at + 1),
    ]);
  });

  it('where no broker is, it is said to be away, and the client prints nothing', async () => {
    const said: string[] = [];
    const nobody = await KafkaBroker.open({
      brokers: ['127.0.0.1:1'],
      client: 'test',
      debug: (line) => said.push(line),
    });
    for (const ask of [async () => nobody.ends('any'), async () => nobody.writer('any')])
      await expect(ask()).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    expect(said.join('\n')).toContain('ECONNREFUSED');
  });
});
