import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { event, request } from '../compliance/event-log-compliance';
import type { RecordedEvent } from '../port';
import { KurrentDbEventLog } from './kurrentdb-event-log';
import { parseKurrentDbAddress } from './kurrentdb-address';
import { ownPrefix } from './testing/own-prefix';
import { KurrentDbServer } from './testing/start-kurrentdb-server';

const now = (): number => Date.parse('2016-04-01T08:00:00Z');

async function all(log: KurrentDbEventLog): Promise<RecordedEvent[]> {
  const list: RecordedEvent[] = [];
  for await (const one of log.readAll()) list.push(one);
  return list;
}

describe('what the client of KurrentDB does is hidden', () => {
  let server: KurrentDbServer;
  const open: KurrentDbEventLog[] = [];
  const opened = async (
    address = ownPrefix(server.address),
    more: { patienceMs?: number; answerMs?: number } = {},
  ): Promise<KurrentDbEventLog> => {
    const log = await KurrentDbEventLog.open(address, { now, ...more });
    open.push(log);
    return log;
  };
  beforeEach(async () => {
    server = await KurrentDbServer.start();
  });
  afterEach(async () => {
    for (const log of open.splice(0)) await log.close();
    await server.dispose();
  });

  test('a server that is down at the first read is read as soon as it is up', async () => {
    const address = ownPrefix(server.address);
    await server.kill();
    const opening = opened(address);
    await server.start();
    const log = await opening;
    await log.append(request('a', 'no-stream'));
    expect(await all(log)).toHaveLength(1);
  });

  test('one that stays down is reported by name, with what to do', async () => {
    const address = server.address;
    await server.kill();
    await expect(KurrentDbEventLog.open(address, { now, patienceMs: 300 })).rejects.toMatchObject({
      code: 'LOG_UNREACHABLE',
      message: expect.stringContaining('Is it running, and is the address right?'),
    });
  });

  test('an append while it is down waits for it; given up, it says that it may be sent again', async () => {
    const log = await opened();
    await log.append(request('a', 'no-stream'));
    await server.kill();
    const waiting = log.append(request('a', 0n));
    await server.start();
    expect((await waiting).position).toBe(2n);
    const hasty = await opened(undefined, { patienceMs: 3000 });
    await hasty.append(request('a', 'no-stream'));
    await server.kill();
    const once = request('a', 0n);
    await expect(hasty.append(once)).rejects.toMatchObject({
      code: 'LOG_UNREACHABLE',
      message: expect.stringContaining('send it again with the same key'),
    });
    await server.start();
    expect((await hasty.append(once)).position).toBe(2n);
  });

  test.each([1, 2])('an answer that is lost, for %i streams, is no second write', async (streams) => {
    const log = await opened(undefined, { answerMs: 300 });
    await server.faults({ swallowAnswers: true });
    const writes = Array.from({ length: streams }, (_, n) => ({
      stream: `s-${n}`,
      expected: 'no-stream' as const,
      events: [event(), event()],
    }));
    const result = await log.append({ ...request('', 'any'), writes });
    expect(result).toMatchObject({ replayed: false, position: BigInt(streams * 2) });
    await server.faults({});
    expect(await all(log)).toHaveLength(streams * 2);
  });

  test('an append that is neither written nor answered is given up, and can be sent again', async () => {
    const log = await opened(undefined, { answerMs: 500, patienceMs: 2500 });
    await server.faults({ ignoreAppends: true });
    const once = request('a', 'no-stream');
    await expect(log.append(once)).rejects.toMatchObject({ code: 'LOG_UNREACHABLE' });
    await server.faults({});
    expect(await log.append(once)).toMatchObject({ replayed: false, position: 1n });
  });

  test('a subscription goes on from its cursor after restarts, with no gap and no repeat', async () => {
    const log = await opened();
    const stop = new AbortController();
    const seen: bigint[] = [];
    const following = (async () => {
      for await (const item of log.subscribe({ after: 0n, signal: stop.signal })) {
        if ('caughtUp' in item) continue;
        seen.push(item.position);
        if (item.position === 60n) stop.abort();
      }
    })();
    for (let n = 0; n < 60; n++) {
      if (n % 20 === 10) {
        await server.kill();
        await server.start();
      }
      if (n % 20 === 15) await server.dropSubscriptions();
      await log.append(request(`a-${n}`, 'no-stream'));
    }
    await following;
    expect(seen).toEqual(Array.from({ length: 60 }, (_, at) => BigInt(at + 1)));
  });

  test('a subscription that stalls without an error is begun again', async () => {
    const log = await opened();
    await log.append(request('a', 'no-stream'));
    await server.faults({ stallReads: true });
    const waiting = log.append(request('b', 'no-stream'));
    // It is written at once; its position is known when what it has written is seen.
    for (let written = 0; written < 2;) written = (await server.calls()).batchAppend;
    await server.faults({});
    expect((await waiting).position).toBe(2n);
  });

  test('reads of a server that stalls are begun again, and those of a slow one come whole', async () => {
    const address = ownPrefix(server.address);
    const writer = await opened(address);
    for (let n = 0; n < 30; n++) await writer.append(request('a', 'any'));
    await server.faults({ slowReadsMs: 5 });
    const reader = await opened(address);
    const stream: bigint[] = [];
    for await (const { revision } of reader.readStream('a')) stream.push(revision);
    expect(stream).toEqual(Array.from({ length: 30 }, (_, at) => BigInt(at)));
    await server.faults({ stallReads: true });
    const reading = (async () => {
      const list: bigint[] = [];
      for await (const { revision } of reader.readStream('a', { from: 20n })) list.push(revision);
      return list;
    })();
    for (let before = (await server.calls()).read, calls = before; calls === before;)
      calls = (await server.calls()).read;
    await server.faults({});
    expect(await reading).toHaveLength(10);
  });

  test('a server that was replaced by an older one refuses what it cannot do, by name', async () => {
    const log = await opened();
    await server.kill();
    await server.start('23.10');
    const writes = ['a', 'b'].map((stream) => ({
      stream,
      expected: 'no-stream' as const,
      events: [event()],
    }));
    await expect(log.append({ ...request('', 'any'), writes })).rejects.toMatchObject({
      code: 'LOG_REFUSED',
      message: expect.stringContaining('requires server version'),
    });
    expect((await log.append(request('a', 'no-stream'))).position).toBe(1n);
  });

  test('a command is appended without a read', async () => {
    const log = await opened();
    await log.append(request('a', 'no-stream'));
    const before = (await server.calls()).read;
    for (let n = 0; n < 20; n++) await log.append(request(`a-${n}`, n % 2 === 0 ? 'no-stream' : 'any'));
    await log.streamRevision('a');
    expect((await server.calls()).read).toBe(before);
  });

  test('the client is told to discover at once, and to throw where an append fails', () => {
    const { connection } = parseKurrentDbAddress('kurrentdb://host:2113?tls=false&prefix=ours');
    expect(connection).toBe('kurrentdb://host:2113?tls=false&discoveryInterval=1');
    expect(() => parseKurrentDbAddress('kurrentdb://host?throwOnAppendFailure=false')).toThrow(
      'take that out',
    );
    expect(() => parseKurrentDbAddress('http://host')).toThrow('is not one');
    expect(() => parseKurrentDbAddress('kurrentdb://host?prefix=a-b')).toThrow('prefix');
  });

  test('when an event was recorded is in its body, to the millisecond', async () => {
    const address = ownPrefix(server.address);
    const log = await KurrentDbEventLog.open(address, { now: () => now() + 123 });
    open.push(log);
    await log.append(request('a', 'no-stream'));
    expect(await log.positionAt('2016-04-01T08:00:00.123Z')).toBe(0n);
    expect(await log.positionAt('2016-04-01T08:00:00.124Z')).toBe(1n);
  });

  test('a process that has closed its log ends by itself', async () => {
    const program = `
      const { KurrentDbEventLog } = require(process.argv[1]);
      KurrentDbEventLog.open(process.argv[2], { now: Date.now }).then((log) => log.close());`;
    const built = resolve(__dirname, '../../dist/index.js');
    const child = spawn(process.execPath, ['-e', program, built, server.address], { stdio: 'inherit' });
    const [exitCode] = (await once(child, 'exit')) as [number];
    expect(exitCode).toBe(0);
  });

  test('a process that keeps its log in a file does not load the client', async () => {
    const program = `
      require(process.argv[1]);
      process.exit(Object.keys(require.cache).some((file) => file.includes('kurrentdb-client')) ? 1 : 0);`;
    const built = resolve(__dirname, '../../dist/index.js');
    const child = spawn(process.execPath, ['-e', program, built], { stdio: 'inherit' });
    const [exitCode] = (await once(child, 'exit')) as [number];
    expect(exitCode).toBe(0);
  });

  test('events that are missing in KurrentDB stop the log, by name', async () => {
    const address = ownPrefix(server.address);
    const log = await opened(address);
    await log.append(request('a', 'no-stream', [event(), event(), event()]));
    await log.close();
    await server.lose('SomethingHappened', 1);
    await expect(KurrentDbEventLog.open(address, { now })).rejects.toMatchObject({
      code: 'LOG_CORRUPT',
      message: expect.stringContaining('goes on from revision 0 to 2'),
    });
  });
});
