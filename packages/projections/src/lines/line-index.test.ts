import { MemoryReadStore } from '@ledger/read-store';
import { LineIndex } from './line-index';

test('more persons are read at once than a call can have arguments', async () => {
  const store = new MemoryReadStore();
  const persons = Array.from({ length: 200_000 }, (_, number) => `person-${number}`);
  await store.advance({ partition: 0, from: 0, to: 1 }, async (step) => {
    await step.intern('person', persons);
  });
  const index = new LineIndex(store);
  await index.refresh(1);
  expect(index.person(200_000)).toBe('person-199999');
});
