import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeWhole } from './whole-folder';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'whole-'))));
afterEach(() => rmSync(root, { recursive: true }));

const filling = (text: string) => async (making: string) => {
  writeFileSync(join(making, 'file'), text);
  return text;
};

/** The number of a process that has ended. */
function endedProcess(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

test('a folder appears when everything is in it, also where an empty one is', async () => {
  mkdirSync(join(root, 'a'));
  let seen: readonly string[] = [];
  const made = await makeWhole(join(root, 'a'), async (making) => {
    const text = await filling('whole')(making);
    seen = readdirSync(join(root, 'a'));
    return text;
  });
  expect([made, seen, readFileSync(join(root, 'a', 'file'), 'utf8')]).toEqual(['whole', [], 'whole']);
  expect(readdirSync(root)).toEqual(['a']);
});

test('nothing is left of one that could not be filled, and nothing is put in the place of one that was filled meanwhile', async () => {
  await expect(
    makeWhole(join(root, 'a'), async (making) => {
      await filling('half')(making);
      throw new Error('no room');
    }),
  ).rejects.toThrow('no room');
  expect(readdirSync(root)).toEqual([]);
  const late = makeWhole(join(root, 'a'), async (making) => {
    mkdirSync(join(root, 'a'));
    writeFileSync(join(root, 'a', 'other'), '');
    await filling('late')(making);
  });
  await expect(late).rejects.toThrow('ENOTEMPTY');
  expect(readdirSync(join(root, 'a'))).toEqual(['other']);
});

test('what a killed process left of the same folder is removed; what another makes now, and of other folders, is not', async () => {
  const left = `.a-${endedProcess()}-Xy12zZ`;
  const reused = `.a-${process.pid}-Xy12zZ`;
  const kept = [`.a-${process.ppid}-Xy12zZ`, `.a-b-${endedProcess()}-Xy12zZ`, '.a-notes'];
  for (const name of [left, reused, ...kept]) mkdirSync(join(root, name));
  await makeWhole(join(root, 'a'), async (making) => {
    await filling('first')(making);
    // One that is being made by this process stays, too.
    await makeWhole(join(root, 'a'), filling('second'));
    rmSync(join(root, 'a'), { recursive: true });
  });
  expect(readdirSync(root).sort()).toEqual([...kept, 'a'].sort());
});
