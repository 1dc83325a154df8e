import { ReadAhead, type ReadStretch } from './read-ahead';

const limit = 100;

/** A taker that takes when it is told to, and what it was handed so far. */
function taking(): {
  readonly ahead: ReadAhead<string>;
  readonly handed: string[];
  done: () => Promise<void>;
} {
  const handed: string[] = [];
  let sayDone: () => void = () => undefined;
  const ahead = new ReadAhead<string>(limit, async ({ read, next }) => {
    handed.push(`${read.join('')} to ${next}`);
    await new Promise<void>((resolve) => (sayDone = resolve));
  });
  return {
    ahead,
    handed,
    done: async () => {
      sayDone();
      await turn();
    },
  };
}

/** Everything that can go on without anything else has gone on. */
const turn = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const stretch = (read: string, next: bigint): ReadStretch<string> => ({ read: read.split(''), next });

async function hasRoom(ahead: ReadAhead<string>): Promise<boolean> {
  return Promise.race([ahead.room().then(() => true), turn().then(() => false)]);
}

test('what comes first is handed over at once, and what comes while it is taken all together after it', async () => {
  const { ahead, handed, done } = taking();
  ahead.add(stretch('ab', 2n), 1);
  expect(handed).toEqual(['ab to 2']);
  ahead.add(stretch('c', 3n), 1);
  ahead.add(stretch('de', 7n), 1);
  expect(handed).toEqual(['ab to 2']);
  await done();
  expect(handed).toEqual(['ab to 2', 'cde to 7']);
  await done();
  ahead.add(stretch('f', 8n), 1);
  expect(handed).toEqual(['ab to 2', 'cde to 7', 'f to 8']);
});

test('there is room until as much waits as may, and again once that is handed over', async () => {
  const { ahead, done } = taking();
  // What is being taken does not wait.
  ahead.add(stretch('a', 1n), limit);
  expect(await hasRoom(ahead)).toBe(true);
  ahead.add(stretch('b', 2n), limit - 1);
  expect(await hasRoom(ahead)).toBe(true);
  ahead.add(stretch('c', 3n), 1);
  expect(await hasRoom(ahead)).toBe(false);
  const room = ahead.room();
  await done();
  await room;
  expect(await hasRoom(ahead)).toBe(true);
});

test('what is let go of is never handed over, and makes room', async () => {
  const { ahead, handed, done } = taking();
  ahead.add(stretch('a', 1n), 1);
  ahead.add(stretch('b', 2n), limit);
  const room = ahead.room();
  ahead.drop();
  await room;
  await done();
  ahead.add(stretch('c', 1n), 1);
  expect(handed).toEqual(['a to 1', 'c to 1']);
});
