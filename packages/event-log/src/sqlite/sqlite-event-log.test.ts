import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeStoredBody } from '@ledger/events';
import { openDatabase } from '@ledger/sqlite';
import { event, eventLogCompliance, request } from '../compliance/event-log-compliance';
import { EventLogError } from '../errors';
import type { AppendRequest, AppendResult } from '../port';
import { GroupCommit } from './group-commit';
import { SqliteEventLog } from './sqlite-event-log';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'log-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

eventLogCompliance('the SQLite log', async (now) => {
  const file = join(folder, 'log.db');
  let log = SqliteEventLog.open(file, now);
  return {
    log,
    reopen: async () => {
      await log.close();
      log = SqliteEventLog.open(file, now);
      return log;
    },
    dispose: () => log.close(),
  };
});

const openLog = (): SqliteEventLog => SqliteEventLog.open(join(folder, 'log.db'), () => 0);

test('the writing connection reports synchronous FULL', async () => {
  const log = openLog();
  expect(log.synchronous).toBe(2);
  await log.close();
});

describe('a second writer', () => {
  test('in another process is refused clearly, and a killed one leaves no lock', async () => {
    const database = join(folder, 'log.db');
    // Holds the lock as a writer does, in plain JavaScript so that it needs no build.
    const script = `
      const [major] = process.versions.node.split('.').map(Number);
      const { DatabaseSync } = require(major >= 23 || major === 22 ? 'node:sqlite' : '@photostructure/sqlite');
      const db = new DatabaseSync(process.argv[1] + '.lock');
      db.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
      console.log('held'); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['-e', script, database], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    expect(openLog).toThrow('is open for writing in another process');
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const log = openLog();
    await log.append(request('a'));
    await log.close();
  });
  test('in this process is refused too', async () => {
    const log = openLog();
    expect(openLog).toThrow(expect.objectContaining({ code: 'LOG_LOCKED' }));
    await log.close();
  });
});

describe('files', () => {
  test('that are no log are refused, with what to do', () => {
    writeFileSync(join(folder, 'log.db'), 'this is some text and surely no database'.repeat(100));
    expect(openLog).toThrow(expect.objectContaining({ code: 'LOG_CORRUPT' }));
  });
  test('of a newer release are left alone', () => {
    const newer = openDatabase(join(folder, 'log.db'), { synchronous: 'FULL' });
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    expect(openLog).toThrow('schema version 99; this release knows versions up to 1');
  });
  test('written by version 1 are read and written by this release', async () => {
    // The schema of version 1 as it was released; never to be edited.
    const old = openDatabase(join(folder, 'log.db'), { synchronous: 'FULL' });
    old.exec(`
      CREATE TABLE stream (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
      CREATE TABLE event (position INTEGER PRIMARY KEY AUTOINCREMENT, stream INTEGER NOT NULL REFERENCES stream (id),
        revision INTEGER NOT NULL, id BLOB NOT NULL UNIQUE, bytes BLOB NOT NULL, UNIQUE (stream, revision));
      CREATE TABLE command (digest BLOB PRIMARY KEY, hash BLOB NOT NULL, first INTEGER NOT NULL, events INTEGER NOT NULL) WITHOUT ROWID;
      PRAGMA user_version = 1;
      INSERT INTO stream VALUES (1, 'ledger');`);
    const id = '01a20c75-4a3c-7532-b916-7352039aa364';
    const command = { scope: 's', key: 'k', hash: 'h' };
    const bytes = encodeStoredBody({
      id,
      type: 'LedgerOpened',
      schemaVersion: 1,
      stream: 'ledger',
      recordedAt: '2016-04-01T08:00:00.000Z',
      actor: id,
      command,
      correlationId: id,
      causationId: id,
      data: {},
    });
    old
      .prepare('INSERT INTO event VALUES (1, 1, 0, ?, ?)')
      .run(Buffer.from(id.replaceAll('-', ''), 'hex'), bytes);
    old.close();
    const log = openLog();
    const [stored] = await log.readPage({ after: 0n, limit: 10 });
    expect(Buffer.from(stored?.bytes ?? []).equals(Buffer.from(bytes))).toBe(true);
    expect((await log.append(request('ledger', 0n))).position).toBe(2n);
    await log.close();
  });
});

describe('group commit', () => {
  const result: AppendResult = { replayed: false, events: [], position: 1n, cursor: '1' };
  const inOrder: string[] = [];
  beforeEach(() => (inOrder.length = 0));
  const diskGone = new EventLogError('LOG_FAILED', 'the disk is gone');
  const group = (
    failAt: string | undefined,
    write: (request: AppendRequest) => AppendResult,
    afterFailedCommit: () => EventLogError | undefined = () => undefined,
  ): GroupCommit =>
    new GroupCommit(
      {
        exec: (sql) => {
          inOrder.push(sql);
          if (sql === failAt) throw new Error('the disk is gone');
        },
      },
      write,
      () => inOrder.push('announced'),
      { translate: (error) => error, afterFailedCommit },
    );

  test('many callers share one commit, and nobody is answered before it', async () => {
    const commits = group(undefined, () => result);
    await Promise.all(
      [1, 2, 3].map(async () => {
        await commits.append(request('a'));
        inOrder.push('answered');
      }),
    );
    expect(inOrder.filter((step) => step === 'COMMIT')).toHaveLength(1);
    expect(inOrder.indexOf('answered')).toBeGreaterThan(inOrder.indexOf('COMMIT'));
  });

  test('a refusal rolls back that caller only', async () => {
    const refused = request('refused');
    const commits = group(undefined, (one) => {
      if (one === refused) throw new Error('not this one');
      return result;
    });
    const outcomes = await Promise.allSettled([
      commits.append(request('a')),
      commits.append(refused),
      commits.append(request('b')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(inOrder.filter((step) => step === 'ROLLBACK TO one')).toHaveLength(1);
    expect(inOrder).not.toContain('ROLLBACK');
  });

  test.each(['BEGIN IMMEDIATE', 'COMMIT'])('a %s that fails refuses all', async (failing) => {
    const commits = group(failing, () => result);
    const outcomes = await Promise.allSettled([commits.append(request('a')), commits.append(request('b'))]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(inOrder).not.toContain('announced');
  });

  test('after a COMMIT whose end nobody knows, everything is refused until the log is opened again', async () => {
    const commits = group(
      'COMMIT',
      () => result,
      () => diskGone,
    );
    expect(commits.stopped).toBeUndefined();
    await expect(commits.append(request('a'))).rejects.toBe(diskGone);
    inOrder.length = 0;
    await expect(commits.append(request('b'))).rejects.toBe(diskGone);
    commits.append(request('c')).catch(() => undefined);
    commits.drain();
    expect(inOrder).toEqual([]);
    expect(commits.stopped).toBe(diskGone);
  });

  test('where an error has rolled back everybody, everybody is told that error', async () => {
    const commits = group('ROLLBACK TO one', (one) => {
      if (one.writes[0]?.stream === 'b') throw new Error('no room');
      return result;
    });
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'c'].map((stream) => commits.append(request(stream))),
    );
    const refused = { status: 'rejected', reason: expect.objectContaining({ message: 'no room' }) };
    expect(outcomes).toEqual([refused, refused, refused]);
    expect(inOrder).not.toContain('COMMIT');
  });

  test('1,000 callers of a real log get each its own events', async () => {
    const log = openLog();
    const results = await Promise.all(
      Array.from({ length: 1000 }, (_, n) => log.append(request(`stream-${n}`, 'no-stream', [event()]))),
    );
    expect(new Set(results.map(({ position }) => position)).size).toBe(1000);
    expect((await log.head()).position).toBe(1000n);
    await log.close();
  });
});

test('closing writes what is waiting, however much it is', async () => {
  const log = openLog();
  const appended = Array.from({ length: 2500 }, (_, n) => log.append(request(`stream-${n}`)));
  await log.close();
  expect(await Promise.all(appended)).toHaveLength(2500);
  const again = openLog();
  expect((await again.head()).position).toBe(2500n);
  await again.close();
});

describe('closing leaves nothing in the write-ahead log', () => {
  const file = (): string => join(folder, 'log.db');
  const left = (): number => statSync(`${file()}-wal`, { throwIfNoEntry: false })?.size ?? 0;

  test('so that the file is all there is, whenever the driver lets go of it', async () => {
    const log = openLog();
    await log.append(request('a'));
    await log.close();
    expect(left()).toBe(0);
  });

  test('unless somebody reads from it still, who is not waited for', async () => {
    const log = openLog();
    await log.append(request('a'));
    const reader = openDatabase(file(), { synchronous: 'FULL', readOnly: true });
    reader.exec('BEGIN');
    reader.value('SELECT count(*) FROM event');
    await log.append(request('b'));
    await log.close();
    expect(left()).toBeGreaterThan(0);
    reader.exec('COMMIT');
    expect(reader.value('SELECT count(*) FROM event')).toBe(2);
    reader.close();
  });
});
