import { MemoryEventLog } from '@ledger/event-log';
import { importsUnderWay, tellingProgress } from './import-progress';

const [log, other] = [new MemoryEventLog(() => 0), new MemoryEventLog(() => 0)];
const half = { done: 500, total: 1000, doing: 'reading' };

test('whoever imports is told how far the own imports are, as long as they last, and nobody else', async () => {
  await tellingProgress(log, 'ada', async (tell) => {
    expect(importsUnderWay(log, 'ada')).toEqual([]);
    tell({ ...half, done: 0 });
    tell(half);
    await tellingProgress(log, 'ada', async (tellOfSecond) => {
      tellOfSecond({ ...half, done: 1 });
      expect(importsUnderWay(log, 'ada')).toEqual([half, { ...half, done: 1 }]);
    });
    expect(importsUnderWay(log, 'ada')).toEqual([half]);
    expect(importsUnderWay(log, 'ben')).toEqual([]);
    expect(importsUnderWay(other, 'ada')).toEqual([]);
  });
  expect(importsUnderWay(log, 'ada')).toEqual([]);
});

test('an import that fails is none under way', async () => {
  const failing = tellingProgress(log, 'ada', async (tell) => {
    tell(half);
    throw new Error('it broke off');
  });
  await expect(failing).rejects.toThrow('it broke off');
  expect(importsUnderWay(log, 'ada')).toEqual([]);
});
