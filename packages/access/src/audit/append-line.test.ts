import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendLine } from './append-line';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'lines-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('lines are added one after the other, in a file that its owner alone reads', () => {
  const file = join(folder, 'a.jsonl');
  appendLine(file, 'one');
  appendLine(file, 'two', { synchronised: true });
  expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a line that a power cut tore spoils no other', () => {
  const file = join(folder, 'a.jsonl');
  appendLine(file, 'one');
  appendFileSync(file, 'tw');
  appendLine(file, 'three');
  expect(readFileSync(file, 'utf8')).toBe('one\ntw\nthree\n');
});

test('a disk that is full is told from a mistake', () => {
  // Linux has a file on which there is never room; elsewhere there is no such file.
  const missing = join(folder, 'missing', 'a');
  const [full, code] = process.platform === 'linux' ? ['/dev/full', 'DISK_FULL'] : [missing, 'ENOENT'];
  expect(() => appendLine(full, 'one')).toThrow(expect.objectContaining({ code }));
  expect(() => appendLine(missing, 'one')).toThrow('ENOENT');
});
