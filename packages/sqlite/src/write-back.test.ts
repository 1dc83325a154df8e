import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { openDatabase, type Database } from './database';
import { WriteBack } from './write-back';

/** Threads load compiled code only. */
const compiled = join(__dirname, '..', 'dist', 'write-back.worker.js');
const kilobyte = 'x'.repeat(1000);

describe('Writing back in a thread', () => {
  let folder: string;
  let file: string;
  let database: Database;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'write-back-'));
    file = join(folder, 'some.db');
    database = openDatabase(file, { synchronous: 'FULL' });
    database.exec('CREATE TABLE some (number INTEGER PRIMARY KEY, text TEXT)');
    // What was written until now is in the file, so that what comes is seen there by its size.
    database.value('PRAGMA wal_checkpoint(TRUNCATE)');
  });
  afterEach(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });

  function started(code = compiled): WriteBack {
    const writeBack = WriteBack.beside(database, code);
    if (writeBack === undefined) throw new RangeError(`There is no ${code}; build first: npx tsc -b`);
    return writeBack;
  }

  function write(rows: number): void {
    const insert = database.prepare('INSERT INTO some (text) VALUES (?)');
    database.transaction(() => {
      for (let row = 0; row < rows; row++) insert.run(kilobyte);
    });
  }

  const kilobytes = (): number => statSync(file).size / 1000;
  const wal = (): number => Number(database.value('PRAGMA wal_autocheckpoint'));

  it('brings what was committed into the file while its writer has it open', async () => {
    const writeBack = started();
    write(6000);
    // More than SQLite would leave where it is, were it not told to.
    expect(kilobytes()).toBeLessThan(100);
    writeBack.grown(2000);
    while (kilobytes() < 6000) await after(5);
    await writeBack.close();
    expect(database.value('SELECT count(*) FROM some')).toBe(6000);
  });

  it('waits until there is something worth it', async () => {
    const writeBack = started();
    write(100);
    writeBack.grown(25);
    await writeBack.close();
    expect(kilobytes()).toBeLessThan(100);
  });

  it('leaves it to commits where the thread ends', async () => {
    const broken = join(folder, 'broken.js');
    writeFileSync(broken, "require('node:worker_threads').parentPort.on('message', () => process.exit(1));");
    const writeBack = started(broken);
    expect(wal()).toBe(8000);
    writeBack.grown(2000);
    while (wal() !== 1000) await after(5);
    write(6000);
    expect(kilobytes()).toBeGreaterThan(4000);
    await writeBack.close();
  });

  it('is left to commits where threads cannot be started', () => {
    expect(WriteBack.beside(database, join(folder, 'none.js'))).toBeUndefined();
    expect(wal()).toBe(1000);
  });

  it('has ended for everybody who closes it, not for the first alone', async () => {
    const writeBack = started();
    write(6000);
    writeBack.grown(2000);
    let ended = false;
    const first = writeBack.close().then(() => (ended = true));
    await writeBack.close();
    expect(ended).toBe(true);
    await first;
  });

  it('lets the last to close put the file in order', async () => {
    const writeBack = started();
    write(6000);
    writeBack.grown(2000);
    await writeBack.close();
    expect(database.value('PRAGMA wal_checkpoint(TRUNCATE)')).toBe(0);
  });
});
