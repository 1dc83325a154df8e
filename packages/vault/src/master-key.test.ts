import fs, { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { copyKey } from './copying/key-files';
import { masterKey } from './master-key';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'master-key-'))));
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

test.each([
  ['made', (file: string) => masterKey(file)],
  [
    'copied',
    (file: string) => {
      masterKey(join(folder, 'former.key'));
      copyKey(join(folder, 'former.key'), file);
    },
  ],
])(
  'a key that is %s is its owner’s alone and on the disk, name and all, before anything is sealed under it',
  (_how, make) => {
    const file = join(folder, 'keys', 'vault.key');
    const synchronised: number[] = [];
    const { fsyncSync } = fs;
    jest.spyOn(fs, 'fsyncSync').mockImplementation((handle) => {
      synchronised.push(fs.fstatSync(handle).ino);
      fsyncSync(handle);
    });
    make(file);
    expect(readFileSync(file, 'utf8')).toMatch(/^[0-9a-f]{64}$/);
    expect(masterKey(file).toString('hex')).toBe(readFileSync(file, 'utf8'));
    if (process.platform === 'win32') return;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(synchronised.slice(-2)).toEqual([statSync(file).ino, statSync(dirname(file)).ino]);
  },
);
