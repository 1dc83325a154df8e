import { randomUUID } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { KafkaBroker } from '@ledger/fan-out';
import { OwnBroker } from './broker-process';
import { PlannedLog } from './planned-log';
import { faultsOf, recordsOf, repeatsIn } from './published-topic';
import { PublisherProcess } from './publisher-process';

const shared = process.env['KAFKA_BROKERS'] ?? '';

let planned: PlannedLog;
let topic: string;
/** Every publisher that was started: none outlives its test. */
const started: PublisherProcess[] = [];

function startPublisher(brokers = shared, file = planned.file, partitions = 6): PublisherProcess {
  const process = PublisherProcess.start(file, brokers, topic, partitions);
  started.push(process);
  return process;
}

async function askReady(publisher: PublisherProcess): Promise<{ status: number; standing: unknown }> {
  await publisher.saying('Health is at');
  const response = await fetch(`${publisher.url}/health/ready`);
  return { status: response.status, standing: await response.json() };
}

/** Resolves when a publisher says that it is ready, and has published everything that is recorded now. */
async function published(publisher: PublisherProcess): Promise<void> {
  const position = String((await planned.log.head()).position);
  for (;;) {
    const { status, standing } = await askReady(publisher);
    if (status === 200 && JSON.stringify(standing).includes(`"position":"${position}"`)) return;
    await after(20);
  }
}

beforeEach(() => {
  topic = `ledger-${randomUUID()}`;
  planned = new PlannedLog({ seed: 7, events: 3000 });
});
afterEach(async () => {
  for (const publisher of started.splice(0)) await publisher.end('SIGKILL');
  await planned.remove();
});

describe('a publisher in its own process', () => {
  let broker: KafkaBroker;
  beforeAll(async () => {
    broker = await KafkaBroker.open({ brokers: [shared], client: 'test' });
  });

  it('fills a topic with a log and follows it; told to stop, it ends by itself, and nothing came twice', async () => {
    await planned.record(100);
    const publisher = startPublisher();
    await publisher.saying('Publishing what is recorded');
    await planned.recordAll();
    await published(publisher);
    expect(await (await fetch(`${publisher.url}/metrics`)).text()).toContain(
      'ledger_published_position 3000',
    );
    expect(await publisher.end('SIGTERM')).toBe(0);
    expect(await faultsOf(broker, topic, planned.log)).toEqual([]);
    expect(repeatsIn(await recordsOf(broker, topic))).toBe(0);
  });

  it('killed again and again while it publishes, it loses nothing, and each start goes on where the topic is', async () => {
    for (let more = true; more;) {
      const publisher = startPublisher();
      await publisher.saying('Health is at');
      more = await planned.record(90);
      await publisher.saying('Publishing what is recorded');
      await planned.record(10);
      await publisher.end('SIGKILL');
    }
    await published(startPublisher());
    expect(await faultsOf(broker, topic, planned.log)).toEqual([]);
  });

  it('two of them for one topic by mistake repeat one another, and do no harm', async () => {
    await planned.record(100);
    const publishers = [startPublisher(), startPublisher()];
    await planned.recordAll();
    for (const publisher of publishers) {
      await publisher.saying('Publishing what is recorded');
      await published(publisher);
    }
    expect(await faultsOf(broker, topic, planned.log)).toEqual([]);
  });

  it('ends with one sentence where the topic was filled from another log', async () => {
    await planned.recordAll();
    await published(startPublisher());
    const other = new PlannedLog({ seed: 8, events: 100 });
    try {
      await other.recordAll();
      const publisher = startPublisher(shared, other.file);
      await new Promise((resolve) => publisher.child.once('close', resolve));
      expect(publisher.child.exitCode).toBe(1);
      expect(publisher.printed).toMatch(/The publisher ends: The topic .* was filled from another log/);
      expect(publisher.printed).not.toMatch(/\n {4}at /);
    } finally {
      await other.remove();
    }
  });

  it('ends with one sentence where another number of partitions is asked for', async () => {
    await planned.record(1);
    await published(startPublisher());
    const publisher = startPublisher(shared, planned.file, 7);
    await new Promise((resolve) => publisher.child.once('close', resolve));
    expect(publisher.child.exitCode).toBe(1);
    expect(publisher.printed).toContain('Partitions are never added');
  });
});

describe('a publisher whose broker goes away', () => {
  const own = new OwnBroker();
  beforeAll(async () => own.start());
  afterAll(async () => own.remove());

  it.each([
    ['stopped', async () => own.stop()],
    ['killed', async () => own.kill()],
  ])('says so while it is %s, and goes on when it is back', async (_how, end) => {
    await planned.record(50);
    const publisher = startPublisher(own.address);
    await publisher.saying('Publishing what is recorded');
    await end();
    await planned.record(200);
    while ((await askReady(publisher)).status === 200) await after(50);
    expect((await askReady(publisher)).standing).toMatchObject({
      hindrance: expect.stringMatching(/^Kafka/),
    });
    await own.start();
    await planned.recordAll();
    await published(publisher);
    const broker = await KafkaBroker.open({ brokers: [own.address], client: 'test' });
    expect(await faultsOf(broker, topic, planned.log)).toEqual([]);
  });

  it('waits for a broker that is not there yet', async () => {
    await own.stop();
    await planned.recordAll();
    const publisher = startPublisher(own.address);
    await publisher.saying('Health is at');
    while (!JSON.stringify((await askReady(publisher)).standing).includes('hindrance')) await after(50);
    await own.start();
    await published(publisher);
  });
});
