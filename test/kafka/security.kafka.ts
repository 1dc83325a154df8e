import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { KafkaBroker } from '@ledger/fan-out';
import { OwnBroker } from './broker-process';
import { PlannedLog } from './planned-log';
import { faultsOf } from './published-topic';
import { PublisherProcess } from './publisher-process';

/* A broker that is reached by TLS, and where a user signs in. */

const user = 'ledger';
const password = randomUUID();

let folder: string;
let broker: OwnBroker;
let planned: PlannedLog;
let topic: string;
const started: PublisherProcess[] = [];

const authorities = (name: string): string => join(folder, `${name}.pem`);
const keystore = (name: string): string => join(folder, `${name}.p12`);

/** Makes a key and a certificate of 127.0.0.1 that it vouches for itself, and the certificate alone as PEM. */
function makeCertificate(name: string): void {
  const keytool = (options: string, ...more: readonly string[]): void => {
    const where = ['-keystore', keystore(name), '-storepass', password, '-alias', name];
    execFileSync('keytool', [...options.split(' '), ...more, ...where], { stdio: 'ignore' });
  };
  keytool('-genkeypair -keyalg EC -dname CN=127.0.0.1 -ext SAN=IP:127.0.0.1 -validity 2 -storetype PKCS12');
  keytool('-exportcert -rfc -file', authorities(name));
}

function startPublisher(settings: Readonly<Record<string, string>>): PublisherProcess {
  const publisher = PublisherProcess.start(planned.file, broker.secureAddress, topic, 3, {
    LEDGER_KAFKA_CA: authorities('broker'),
    LEDGER_KAFKA_USER: user,
    LEDGER_KAFKA_PASSWORD: password,
    ...settings,
  });
  started.push(publisher);
  return publisher;
}

/** What keeps a publisher from publishing, when it says so. */
async function hindranceOf(publisher: PublisherProcess): Promise<string> {
  await publisher.saying('Health is at');
  for (;;) {
    // Every answer about health is a JSON object.
    const standing = (await (await fetch(`${publisher.url}/health/ready`)).json()) as Readonly<
      Record<string, unknown>
    >;
    const { hindrance } = standing;
    if (typeof hindrance === 'string') return hindrance;
    await after(20);
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'secure-broker-'));
  makeCertificate('broker');
  makeCertificate('somebody');
  broker = new OwnBroker([], { keystore: keystore('broker'), user, password });
  await broker.start();
});
afterAll(async () => {
  await broker.remove();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  topic = `ledger-${randomUUID()}`;
  planned = new PlannedLog({ seed: 7, events: 300 });
  await planned.recordAll();
});
afterEach(async () => {
  for (const publisher of started.splice(0)) await publisher.end('SIGKILL');
  await planned.remove();
});

it.each(['scram-sha-512', 'scram-sha-256', 'plain'] as const)(
  'publishes by TLS, signed in by %s',
  async (mechanism) => {
    const publisher = startPublisher({ LEDGER_KAFKA_SIGN_IN: mechanism });
    await publisher.saying('Publishing what is recorded');
    const reader = await KafkaBroker.open({
      brokers: [broker.secureAddress],
      client: 'test',
      security: {
        tls: { authorities: readFileSync(authorities('broker'), 'utf8') },
        signIn: { mechanism, user, password },
      },
    });
    expect(await faultsOf(reader, topic, planned.log)).toEqual([]);
  },
);

it('ends with one sentence, without the password, where it is not let in', async () => {
  const publisher = startPublisher({ LEDGER_KAFKA_PASSWORD: 'mistyped' });
  await new Promise((resolve) => publisher.child.once('close', resolve));
  expect(publisher.child.exitCode).toBe(1);
  expect(publisher.printed).toMatch(/The publisher ends: Kafka refuses .*SCRAM.*authentication failed/i);
  expect(publisher.printed).not.toContain('mistyped');
  expect(publisher.printed).not.toMatch(/\n {4}at /);
});

it('publishes nothing to a broker whose certificate it does not trust, and says why', async () => {
  const publisher = startPublisher({ LEDGER_KAFKA_CA: authorities('somebody') });
  expect(await hindranceOf(publisher)).toMatch(/^Kafka does not take part .*certificate/);
});

it('says that there is no answer where it comes in the open and the broker expects TLS', async () => {
  const publisher = PublisherProcess.start(planned.file, broker.secureAddress, topic);
  started.push(publisher);
  expect(await hindranceOf(publisher)).toMatch(/^Kafka does not take part/);
});
