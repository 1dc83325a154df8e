import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { event, request } from '../compliance/event-log-compliance';
import { KurrentDbEventLog } from '../kurrentdb/kurrentdb-event-log';
import { KurrentDbLogCopy } from '../kurrentdb/kurrentdb-log-copy';
import { ForeignWriter } from '../kurrentdb/testing/foreign-writer';
import { ownPrefix } from '../kurrentdb/testing/own-prefix';
import type { Release } from '../kurrentdb/testing/serve-cluster';
import { KurrentDbServer } from '../kurrentdb/testing/start-kurrentdb-server';
import type { AppendRequest } from '../port';
import { SqliteEventLog } from '../sqlite/sqlite-event-log';
import { SqliteLogCopy } from '../sqlite/sqlite-log-copy';
import { copyLog } from './copy-log';

const now = (): number => Date.parse('2016-04-01T08:00:00Z');

/** Streams in turn, of several events, and several at once. */
function history(appends: number): AppendRequest[] {
  return Array.from({ length: appends }, (_, n) => {
    const one = request(`activity-${n % 40}`, 'any', [event({ n }), event({ n })]);
    const other = { stream: `claim-${n}`, expected: 'no-stream' as const, events: [event({ n })] };
    return n % 4 === 0 ? { ...one, writes: [...one.writes, other] } : one;
  });
}

describe.each<Release>(['26.1', '25.1', '23.10'])(
  'a log that is copied to KurrentDB as release %s',
  (release) => {
    let folder: string;
    let server: KurrentDbServer;
    let sqlite: SqliteEventLog;
    const requests = history(400);
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'ledger-copying-'));
      server = await KurrentDbServer.start(release);
      sqlite = SqliteEventLog.open(join(folder, 'log.db'), now);
      for (const one of requests) await sqlite.append(one);
    });
    afterAll(async () => {
      await sqlite.close();
      await server.dispose();
      rmSync(folder, { recursive: true, force: true });
    });

    test('is the same there, and the same again in a file, and repeats are answered as before', async () => {
      const address = ownPrefix(server.address);
      const target = await KurrentDbLogCopy.open(address, { now });
      const foreign = new ForeignWriter(address);
      await foreign.write('order-1', 3);
      expect(await copyLog(sqlite, target)).toEqual({ position: 900n, alreadyThere: 0n });
      await target.close();
      await foreign.write('order-2', 3);
      await foreign.close();
      const kurrentdb = await KurrentDbEventLog.open(address, { now });
      const back = SqliteLogCopy.open(join(folder, 'back.db'));
      // It is compared on the way: `copyLog` reads everything back.
      expect(await copyLog(kurrentdb, back)).toEqual({ position: 900n, alreadyThere: 0n });
      expect(await copyLog(sqlite, back)).toEqual({ position: 900n, alreadyThere: 900n });
      await back.close();
      for (const one of requests.slice(0, 20)) {
        const { events } = await sqlite.append(one);
        const repeated = kurrentdb.limits.multiStream || one.writes.length === 1 ? one : undefined;
        if (repeated !== undefined)
          expect(await kurrentdb.append(repeated)).toMatchObject({ replayed: true, events });
      }
      await kurrentdb.close();
    });

    test('goes on where it broke off, also in the middle of a command, and over a restart of the server', async () => {
      const address = ownPrefix(server.address);
      const begun = await KurrentDbLogCopy.open(address, { now });
      await begun.add(await sqlite.readPage({ after: 0n, limit: 301 }));
      await begun.close();
      const target = await KurrentDbLogCopy.open(address, { now });
      const add = target.add.bind(target);
      let pages = 0;
      target.add = async (events) => {
        if (pages++ === 0) {
          await server.kill();
          await server.start();
        }
        await add(events);
      };
      expect(await copyLog(sqlite, target)).toEqual({ position: 900n, alreadyThere: 301n });
      await target.close();
    });

    test('whose answers are lost is copied once', async () => {
      const target = await KurrentDbLogCopy.open(ownPrefix(server.address), { now, answerMs: 300 });
      await server.faults({ swallowAnswers: true });
      const adding = target.add(await sqlite.readPage({ after: 0n, limit: 100 }));
      const { read } = await server.calls();
      expect(read).toBeGreaterThan(0);
      const sent = async (): Promise<number> => {
        const { batchAppend, appendSession, appendRecords } = await server.calls();
        return batchAppend + appendSession + appendRecords;
      };
      for (const before = await sent(); (await sent()) < before + 2;);
      await server.faults({});
      await adding;
      expect(await copyLog(sqlite, target)).toEqual({ position: 900n, alreadyThere: 100n });
      await target.close();
    });

    test('is refused where something else is', async () => {
      const address = ownPrefix(server.address);
      const other = await KurrentDbEventLog.open(address, { now });
      await other.append(request('activity-0', 'no-stream'));
      await other.close();
      const target = await KurrentDbLogCopy.open(address, { now });
      await expect(copyLog(sqlite, target)).rejects.toMatchObject({ code: 'LOG_DIFFERS' });
      expect((await target.head()).position).toBe(1n);
      await target.close();
    });
  },
);
