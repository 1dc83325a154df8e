import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inOwnProcess, ProcessEndedError } from './own-process';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'own-process-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const limits = { oldMb: 50, youngMb: 2 };

/** A program that does something with what it is given, as `start`, and says it with `say`. */
function program(name: string, does: string): string {
  const file = join(folder, `${name}.js`);
  writeFileSync(
    file,
    `const say = (it) => process.send(it); process.once('message', (start) => { ${does} });`,
  );
  return file;
}

test('a process is given bytes as they are, tells how far it is, and gives what it came to', async () => {
  const file = program(
    'adds',
    'say({ progress: [1, 2] }); say({ result: start.bytes[0] + start.bytes[1] });',
  );
  const seen: (readonly [number, number])[] = [];
  const sum = await inOwnProcess<number, object>(file, {
    start: { bytes: Uint8Array.of(3, 4) },
    limits,
    onProgress: (...progress) => seen.push(progress),
  });
  expect([sum, seen]).toEqual([7, [[1, 2]]]);
});

test('what the work threw is thrown again, by message and code', async () => {
  const file = program('fails', "say({ error: { message: 'No bundle', code: 'NOT_A_BUNDLE' } });");
  await expect(inOwnProcess(file, { start: {}, limits })).rejects.toMatchObject({
    message: 'No bundle',
    code: 'NOT_A_BUNDLE',
  });
});

test('a process that runs out of memory is said to have ended, and takes nothing else with it', async () => {
  const file = program('grows', 'const kept = []; for (;;) kept.push({ at: kept.length });');
  await expect(inOwnProcess(file, { start: {}, limits })).rejects.toThrow(ProcessEndedError);
}, 60_000);
