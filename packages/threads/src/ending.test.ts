import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { endThread } from './ending';

/** A thread that reads from a database without a rest, and ends when it is told to. Threads load compiled code only. */
const program = (file: string): string => `
  const { parentPort } = require('node:worker_threads');
  const { openDatabase } = require(${JSON.stringify(join(__dirname, '..', '..', 'sqlite', 'dist'))});
  const { isEnding } = require(${JSON.stringify(join(__dirname, '..', 'dist', 'ending.js'))});
  const database = openDatabase(${JSON.stringify(file)}, { synchronous: 'NORMAL' });
  const count = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) SELECT count(*) FROM n';
  parentPort.on('message', (message) => {
    if (isEnding(message)) process.exit();
  });
  const counting = () => {
    database.value(count);
    setImmediate(counting);
  };
  parentPort.postMessage('counting');
  counting();
`;

describe('Ending a thread', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ending-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function started(): Worker {
    const code = join(folder, 'counting.js');
    writeFileSync(code, program(join(folder, 'some.db')));
    return new Worker(code);
  }

  it('takes nothing down with it, although the thread is reading from a database', async () => {
    for (let round = 0; round < 5; round++) {
      const worker = started();
      await once(worker, 'message');
      await endThread(worker);
      expect(worker.threadId).toBe(-1);
    }
  });

  it('is done where the thread has ended by itself', async () => {
    const worker = started();
    await once(worker, 'message');
    await endThread(worker);
    await endThread(worker);
    expect(worker.threadId).toBe(-1);
  });
});
