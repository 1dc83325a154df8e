import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventLog } from '@ledger/event-log';
import { ServerProcess } from './server-process';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'killed-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** The bytes of every event, as one hash. */
async function contents(data: string): Promise<{ readonly events: bigint; readonly sha256: string }> {
  const log = SqliteEventLog.open(join(data, 'log.db'), Date.now);
  const hash = createHash('sha256');
  for await (const { bytes } of log.readAll()) hash.update(bytes);
  const { position } = await log.head();
  await log.close();
  return { events: position, sha256: hash.digest('hex') };
}

async function startedOnce(data: string): Promise<{ readonly events: bigint; readonly sha256: string }> {
  const server = ServerProcess.start(data);
  await server.saying('is ready');
  expect(await server.end('SIGTERM')).toBe(0);
  return contents(data);
}

test('killed while it loads and started again, it ends in the same ledger byte for byte; started once more, it adds nothing', async () => {
  const whole = await startedOnce(join(folder, 'undisturbed'));
  const data = join(folder, 'killed');
  for (let kill = 0; kill < 3; kill++) {
    const server = ServerProcess.start(data);
    await server.saying('Listening');
    // Killed at whatever it is doing once it has said so many things about its progress.
    for (let asked = 0; asked <= kill * 2; asked++)
      await fetch(`${server.url}/health/ready`).then((response) => response.text());
    await server.end('SIGKILL');
  }
  expect(await startedOnce(data)).toEqual(whole);
  expect(await startedOnce(data)).toEqual(whole);
  expect(existsSync(join(data, 'server.json'))).toBe(false);
}, 180_000);

test('live at once, and ready only when everything is loaded', async () => {
  const server = ServerProcess.start(join(folder, 'data'), '--empty');
  await server.saying('Listening');
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
  await server.saying('is ready');
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
  await server.end('SIGTERM');
}, 60_000);

test('a second server on the same data, and a folder of another sort, are refused in one line', async () => {
  const data = join(folder, 'data');
  const first = ServerProcess.start(data, '--empty');
  await first.saying('is ready');
  const second = ServerProcess.start(data, '--empty');
  await second.saying('The ledger cannot start').catch(() => undefined);
  expect(second.printed).toContain('is open for writing in another process');
  await first.end('SIGTERM');
  const other = ServerProcess.start(data);
  await other.saying('The ledger cannot start').catch(() => undefined);
  expect(other.printed).toContain('holds an empty ledger; start with --empty, or choose another LEDGER_DATA');
  await second.end('SIGKILL');
  await other.end('SIGKILL');
}, 60_000);

test('an argument there is not is refused in one line', async () => {
  const server = ServerProcess.start(folder, '--fast');
  await server.saying('The ledger cannot start').catch(() => undefined);
  expect(server.printed.trim()).toBe(
    'The ledger cannot start: There is no argument --fast. The only one is --empty, for a ledger without records.',
  );
  await server.end('SIGKILL');
}, 30_000);
