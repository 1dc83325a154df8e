import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  isBusy,
  isCorrupt,
  isReadOnly,
  isUnique,
  migrate,
  NewerSchemaError,
  openDatabase,
  type Migration,
} from '.';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sqlite-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const open = (name = 'a.db'): ReturnType<typeof openDatabase> =>
  openDatabase(join(folder, name), { synchronous: 'FULL', busyTimeoutMs: 0 });

const thrown = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

test('a file opened for durable writing uses WAL and synchronous FULL', () => {
  const database = open();
  expect(database.value('PRAGMA journal_mode')).toBe('wal');
  expect(database.value('PRAGMA synchronous')).toBe(2);
  database.close();
});

test('what a killed writer left in the write-ahead log is found whole, and written once more as it was', () => {
  const killed = open('killed.db');
  killed.exec('CREATE TABLE t(a)');
  killed.exec('INSERT INTO t VALUES (1), (2), (3)');
  for (const suffix of ['', '-wal'])
    copyFileSync(join(folder, `killed.db${suffix}`), join(folder, `left.db${suffix}`));
  killed.close();
  const left = readFileSync(join(folder, 'left.db-wal'));
  const again = openDatabase(join(folder, 'left.db'), { synchronous: 'FULL', soleWriter: true });
  expect(again.value('SELECT count(*) FROM t')).toBe(3);
  expect(readFileSync(join(folder, 'left.db-wal')).equals(left)).toBe(true);
  again.close();
});

test('a broken UNIQUE is told from other constraints', () => {
  const database = open();
  database.exec('CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT NOT NULL UNIQUE)');
  database.prepare('INSERT INTO t(b) VALUES (?)').run('x');
  expect(isUnique(thrown(() => database.prepare('INSERT INTO t(b) VALUES (?)').run('x')))).toBe(true);
  expect(isUnique(thrown(() => database.prepare('INSERT INTO t(b) VALUES (?)').run(null)))).toBe(false);
  database.close();
});

test('a transaction that throws leaves nothing', () => {
  const database = open();
  database.exec('CREATE TABLE t(a)');
  thrown(() =>
    database.transaction(() => {
      database.exec('INSERT INTO t VALUES (1)');
      throw new Error('no');
    }),
  );
  expect(database.value('SELECT count(*) FROM t')).toBe(0);
  database.close();
});

test('a second writer is told that the file is busy', () => {
  const [one, two] = [open(), open()];
  one.exec('CREATE TABLE t(a)');
  one.exec('BEGIN IMMEDIATE');
  expect(isBusy(thrown(() => two.exec('BEGIN IMMEDIATE')))).toBe(true);
  one.exec('ROLLBACK');
  one.close();
  two.close();
});

test('a file that is no database, and one that cannot be made, are told apart', () => {
  writeFileSync(join(folder, 'text.db'), 'this is no database, but a text of some length'.repeat(50));
  expect(isCorrupt(thrown(() => open('text.db')))).toBe(true);
  expect(isReadOnly(thrown(() => open('missing/a.db')))).toBe(true);
});

const versions: Migration[] = [
  { version: 1, up: (database) => database.exec('CREATE TABLE t(a)') },
  { version: 2, up: (database) => database.exec('ALTER TABLE t ADD COLUMN b DEFAULT 7') },
];

test('a file of an older schema is migrated and keeps what it holds', () => {
  const old = open();
  migrate(old, versions.slice(0, 1));
  old.exec('INSERT INTO t VALUES (1)');
  old.close();
  const now = open();
  migrate(now, versions);
  migrate(now, versions);
  expect(now.prepare('SELECT a, b FROM t').get()).toEqual({ a: 1, b: 7 });
  now.close();
});

test('a file of a newer release is refused, naming both versions', () => {
  const database = open();
  migrate(database, versions);
  expect(() => migrate(database, versions.slice(0, 1))).toThrow(NewerSchemaError);
  expect(() => migrate(database, versions.slice(0, 1))).toThrow(
    'schema version 2; this release knows versions up to 1',
  );
  database.close();
});
