import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryEventLog, type EventLog } from '@ledger/event-log';
import { derivedId } from '@ledger/events';
import { nodeCrypto, parseCheckpoint, parseKey, parseNote, signersOf } from '@ledger/seal';
import { checkSeals } from './checking';
import { ClockAfterSeals } from './clock';
import { CheckpointCopies } from './copies';
import { Notary, originOf, sealsFile } from './notary';
import type { KeptCheckpoint } from './store/seal-store';

const ledger = '0f0a5c1e-1111-5000-8000-000000000001';
const actor = '0f0a5c1e-2222-5000-8000-000000000002';
const startsAt = Date.parse('2026-04-01T08:00:00.000Z');

let folder: string;
let outside: string;
let machine: number;
let clock: ClockAfterSeals;
let log: EventLog;
let notary: Notary;
let appended = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'notary-'));
  outside = mkdtempSync(join(tmpdir(), 'outside-'));
  machine = startsAt;
  clock = new ClockAfterSeals(() => machine);
  log = new MemoryEventLog(clock.now);
  appended = 0;
  await append(3);
  notary = await open();
});
afterEach(async () => {
  await notary.close();
  await log.close();
  for (const made of [folder, outside]) rmSync(made, { recursive: true });
});

async function open(everyMinutes?: number): Promise<Notary> {
  return Notary.open({
    folder,
    log,
    clock,
    ledger,
    operator: actor,
    keyed: (text) => Buffer.from(nodeCrypto.sha256(Buffer.from(text))).toString('hex'),
    settings: { copyTo: outside, everyMinutes },
  });
}

/** Appends events, each alone, to streams of their own. */
async function append(count: number, type = 'EventHeld'): Promise<void> {
  for (let at = 0; at < count; at++) {
    appended += 1;
    const id = derivedId('event', String(appended));
    const hash = String(appended).padStart(64, '0');
    await log.append({
      writes: [
        {
          stream: appended === 1 ? 'ledger' : `activity-${id}`,
          expected: 'no-stream',
          events: [{ id, type, schemaVersion: 1, data: { number: appended } }],
        },
      ],
      command: { actor, scope: 'test', key: hash, hash },
      correlationId: id,
      causationId: id,
    });
  }
}

const copies = (): string[] => readdirSync(join(outside, ledger)).sort();
const copy = (name: string): string => readFileSync(join(outside, ledger, name), 'utf8');

test('a seal is over everything recorded before it, signed by the key of the folder, and lies outside as a file', async () => {
  const { size, note, time } = await notary.seal();
  const key = parseKey(nodeCrypto, readFileSync(join(folder, 'seal.pub'), 'utf8'));
  expect(size).toBe(3);
  expect(signersOf(nodeCrypto, parseNote(note), [key]).good).toEqual([key]);
  expect(parseCheckpoint(parseNote(note).text)).toMatchObject({ origin: originOf(ledger), size: 3, time });
  const [name = ''] = copies();
  expect(copy(name)).toBe(note);
  expect(await notary.standing()).toMatchObject({ sealed: 3, notSealed: 0, checkpoints: 1, problems: [] });
  await append(2);
  expect(await notary.standing()).toMatchObject({ sealed: 3, notSealed: 2 });
});

test('of a position it says the first checkpoint over it, as it is printed: events, root, time and key; none while it is not sealed', async () => {
  expect(notary.sealOver(1n)).toBeNull();
  const first = await notary.seal();
  await append(1);
  const second = await notary.seal();
  const printed = (kept: KeptCheckpoint): object => {
    const [origin, size, root] = kept.note.split('\n');
    const signedBy = [readFileSync(join(folder, 'seal.pub'), 'utf8').trim()];
    return { number: kept.number, origin, size: Number(size), root, time: kept.time, signedBy };
  };
  expect([1n, 3n, 4n].map((position) => notary.sealOver(position))).toEqual([
    printed(first),
    printed(first),
    printed(second),
  ]);
  expect(notary.sealOver(5n)).toBeNull();
});

test('the private key is read by its owner alone, and in no other file', async () => {
  await notary.seal();
  const secret = readFileSync(join(folder, 'seal.key'), 'utf8').split('\n')[1] ?? '';
  const mode = statSync(join(folder, 'seal.key')).mode & 0o777;
  expect(process.platform === 'win32' ? 0o600 : mode).toBe(0o600);
  const others = readdirSync(folder).filter((name) => name !== 'seal.key');
  expect(others).toContain(sealsFile);
  const raw = Buffer.from(secret, 'base64').subarray(-32);
  for (const name of others) {
    const bytes = readFileSync(join(folder, name));
    expect([name, bytes.includes(secret), bytes.includes(raw)]).toEqual([name, false, false]);
  }
});

test('it follows by itself: at the start, when a period closes or figures are published, and when the interval has passed', async () => {
  notary.start();
  await notary.whenSealed(3n);
  await append(1, 'PeriodClosed');
  await notary.whenSealed(4n);
  const { newest } = await notary.standing();
  expect(newest.map(({ reason, size }) => [reason, size])).toEqual([
    ['period', 4],
    ['interval', 3],
  ]);
  await append(1, 'FigurePublished');
  await notary.whenSealed(5n);
  expect((await notary.standing()).newest[0]).toMatchObject({ reason: 'publication', size: 5 });
  await append(1);
  machine += 3_600_000;
  await notary.whenSealed(6n);
  expect((await notary.standing()).newest[0]).toMatchObject({ reason: 'interval', size: 6 });
});

describe('while following rests between two pages', () => {
  let looks = 0;
  beforeEach(async () => {
    // Every page seems to have taken an hour, so the rest after it would outlast the test.
    jest.spyOn(performance, 'now').mockImplementation(() => 3_600_000 * looks++);
    await append(300);
    const readPage = log.readPage.bind(log);
    const rests = new Promise<void>((resolve) => {
      log.readPage = async (asked) => {
        // The turn after the page has been added.
        setImmediate(() => setImmediate(resolve));
        return readPage(asked);
      };
    });
    notary.start();
    await rests;
  });
  afterEach(() => jest.restoreAllMocks());

  test('who asks for a seal has it at once', async () => {
    expect(await notary.seal()).toMatchObject({ size: 303 });
  });

  test('who changes the key has the new one at once', async () => {
    expect(await notary.changeKey(actor)).toMatchObject({ size: 304 });
  });

  test('it looks soon again whether a seal is due, however long a page took', async () => {
    await notary.whenSealed(303n);
    expect((await notary.standing()).newest[0]).toMatchObject({ reason: 'interval', size: 303 });
  });
});

test('looks do not pile up behind one that takes long', async () => {
  let look: () => void = () => undefined;
  jest.spyOn(globalThis, 'setInterval').mockImplementationOnce((handler) => {
    look = handler;
    return setTimeout(() => undefined, 0);
  });
  let goOn: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  const head = log.head.bind(log);
  let heads = 0;
  log.head = async () => {
    heads += 1;
    await held;
    return head();
  };
  notary.start();
  for (let tick = 0; tick < 5; tick++) look();
  goOn();
  const { size } = await notary.seal();
  // One of the look, one after its only page, one of the seal that was due and one of the seal that was asked for.
  expect([size, heads]).toEqual([3, 4]);
  jest.restoreAllMocks();
});

test('what is recorded after a seal is never earlier than it, though the clock is put back', async () => {
  machine += 60_000;
  const { time } = await notary.seal();
  machine -= 120_000;
  await append(1);
  const [last] = (await log.readPage({ after: 3n, limit: 1 })).map(({ bytes }) =>
    Buffer.from(bytes).toString(),
  );
  expect(last).toContain(`"recordedAt":"${time}"`);
  await notary.close();
  notary = await open();
  await notary.seal();
  expect((await checkSeals(log, notary)).findings).toEqual([]);
});

test('closed and opened again, it goes on where it was', async () => {
  await append(700);
  await notary.seal();
  await notary.close();
  await append(50);
  notary = await open();
  const { size, number } = await notary.seal();
  expect([size, number]).toEqual([753, 2]);
  expect(await checkSeals(log, notary)).toEqual({
    sealed: 753,
    notSealed: 0,
    checkpoints: 2,
    held: 2,
    findings: [],
  });
});

test('a changed key is in the log, and the last seal of the former key is over that', async () => {
  await notary.seal();
  const former = parseKey(nodeCrypto, (await notary.standing()).key);
  const { note, size } = await notary.changeKey(actor);
  const standing = await notary.standing();
  const present = parseKey(nodeCrypto, standing.key);
  expect(present.id).not.toBe(former.id);
  expect(standing.formerKeys).toHaveLength(1);
  expect(signersOf(nodeCrypto, parseNote(note), [former, present]).good).toEqual([former, present]);
  const [event] = await log.readPage({ after: BigInt(size - 1), limit: 1 });
  const body: unknown = JSON.parse(Buffer.from(event?.bytes ?? []).toString());
  expect(body).toMatchObject({
    type: 'SealingKeyChanged',
    data: { from: former.id, to: present.id, key: standing.key, reason: 'rotated' },
  });
  expect((await checkSeals(log, notary)).findings).toEqual([]);
});

test('where the key is missing, another is made, and the log says so', async () => {
  await notary.seal();
  await notary.close();
  rmSync(join(folder, 'seal.key'));
  notary = await open();
  const [event] = await log.readPage({ after: 3n, limit: 1 });
  expect(Buffer.from(event?.bytes ?? []).toString()).toContain('"reason":"former-key-missing"');
  await notary.seal();
  expect((await checkSeals(log, notary)).findings).toEqual([]);
});

/** Another log of the same ledger, with the first events of it. */
async function replaceLog(events: number): Promise<void> {
  await notary.close();
  await log.close();
  machine = startsAt;
  clock = new ClockAfterSeals(() => machine);
  log = new MemoryEventLog(clock.now);
  appended = 0;
  await append(events);
  notary = await open();
}

test('of a log that was cut off nothing is sealed, and the check says how much is missing', async () => {
  await notary.seal();
  await replaceLog(2);
  await expect(notary.seal()).rejects.toThrow(
    'The log ends at position 2, but 3 events of it were seen before',
  );
  expect((await checkSeals(log, notary)).findings.join(' ')).toContain('The log ends at position 2');
});

test('a log that was rewritten is found by the hashes that were kept; with those rewritten too, by the copy outside', async () => {
  await append(5);
  await notary.seal();
  await replaceLog(2);
  machine += 5;
  await append(6);
  const found = (await checkSeals(log, notary)).findings.join(' ');
  expect(found).toContain('The event at position 3 is not the one that was sealed');
  await notary.close();
  for (const name of readdirSync(folder)) if (name.startsWith(sealsFile)) rmSync(join(folder, name));
  notary = await open();
  await expect(notary.seal()).rejects.toThrow('An earlier seal over 8 events does not fit');
  expect((await checkSeals(log, notary)).findings.join(' ')).toContain('another history');
});

test('a place outside that cannot be written is said, and made up for at the next seal', async () => {
  rmSync(outside, { recursive: true });
  writeFileSync(outside, 'no folder');
  await notary.seal();
  const [problem] = (await notary.standing()).problems;
  expect(problem).toContain('could not be copied');
  rmSync(outside);
  await append(1);
  await notary.seal();
  expect((await notary.standing()).problems).toEqual([]);
  expect(copies()).toHaveLength(2);
});

test('a place outside that was emptied has all checkpoints again at the next seal', async () => {
  await notary.seal();
  await append(1);
  await notary.seal();
  const before = copies();
  rmSync(outside, { recursive: true });
  await append(1);
  await notary.seal();
  expect(copies()).toEqual([...before, expect.stringContaining('checkpoint-00000003-')]);
});

test('a seal looks at those checkpoints only that were made since the one before', async () => {
  const made: KeptCheckpoint[] = [];
  for (let seals = 0; seals < 3; seals++) {
    await append(1);
    made.push(await notary.seal());
  }
  const looked: number[] = [];
  const store = {
    after: (number: number): KeptCheckpoint[] => {
      const found = made.filter((one) => one.number > number);
      looked.push(found.length);
      return found;
    },
  };
  const there = new CheckpointCopies(join(outside, 'again'), ledger);
  there.putNew(store);
  await append(1);
  made.push(await notary.seal());
  there.putNew(store);
  there.putNew(store);
  expect(looked.filter((count) => count > 0)).toEqual([3, 1]);
  expect(readdirSync(join(outside, 'again', ledger))).toHaveLength(4);
});
