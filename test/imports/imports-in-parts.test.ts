import { derivedId } from '@ledger/events';
import { closePeriod, reverseImports, type Recording } from '@ledger/recording';
import { csv } from './file-imports';
import { PartedLedger } from './parted-ledger';

const rows = 20;
/** The import itself, seven parts of three rows, and its end. */
const appends = 9;

function file(howMany = rows): string {
  const titles = Array.from({ length: howMany }, (_, at) => `Review ${at}`);
  return csv([
    ['Offer', 'When', 'Title', 'Councils: recipient'],
    ...titles.map((title) => ['Offer', '4/6/2019', title, 'Council One']),
  ]);
}

async function reverse(process: Recording, id: string | null, key: string): Promise<unknown> {
  const actor = derivedId('test-user', 'editor');
  return reverseImports(process, [id ?? ''], {
    actor,
    programmes: 'all',
    key,
    request: { reason: 'other' },
  });
}

const whole = { records: rows, importing: 0, incomplete: false };
const nothing = { records: 0, importing: 0, incomplete: false };

test('a file of more events than one append takes is recorded in several, and the same again adds nothing', async () => {
  const ledger = await PartedLedger.start();
  const process = ledger.process();
  const tried = await ledger.import(process, file(), 'a', true);
  const done = await ledger.import(process, file(), 'a');
  expect([done.recorded, done.replayed, done.sheets, done.totals]).toEqual([
    true,
    false,
    tried.sheets,
    tried.totals,
  ]);
  expect(await ledger.standing()).toEqual(whole);
  const { position } = await ledger.recorded.log.head();
  const again = await ledger.import(process, file(), 'a');
  expect([again.replayed, again.import, again.position]).toEqual([true, done.import, done.position]);
  expect((await ledger.import(process, file(), 'b')).totals).toMatchObject({ unchanged: rows });
  expect((await ledger.recorded.log.head()).position).toBe(position);
  // A large file in which little is new is one append: the import, its end, and two records.
  const little = await ledger.import(process, file(rows + 2), 'c');
  expect([little.totals['new'], little.position]).toEqual([2, String(position + 4n)]);
});

test.each(Array.from({ length: appends - 1 }, (_, at) => at + 1))(
  'an import that is killed after %p of its appends says so, is taken back at the next start, and can be sent again',
  async (killedAfter) => {
    const ledger = await PartedLedger.start();
    await expect(ledger.import(ledger.process(killedAfter), file(), 'a')).rejects.toMatchObject({
      code: 'IMPORT_BROKEN_OFF',
    });
    expect(await ledger.standing()).toMatchObject({ importing: 1, incomplete: true });
    const process = await ledger.open();
    expect(await ledger.standing()).toEqual(nothing);
    expect(await ledger.import(process, file(), 'a')).toMatchObject({
      recorded: true,
      replayed: false,
      totals: { new: rows },
    });
    expect(await ledger.standing()).toEqual(whole);
  },
);

test.each(Array.from({ length: appends }, (_, at) => at))(
  'a reversal that is killed after %p of its appends is finished at the next start',
  async (killedAfter) => {
    const ledger = await PartedLedger.start();
    const { import: id } = await ledger.import(ledger.process(), file(), 'a');
    await expect(reverse(ledger.process(killedAfter), id, 'b')).rejects.toThrow('killed');
    expect((await ledger.standing()).incomplete).toBe(killedAfter > 0);
    const process = await ledger.open();
    expect(await ledger.standing()).toEqual(killedAfter > 0 ? nothing : whole);
    if (killedAfter === 0) await reverse(process, id, 'b');
    expect(await ledger.standing()).toEqual(nothing);
    await expect(reverse(process, id, 'c')).rejects.toMatchObject({
      faults: [{ code: 'reversed-once' }],
    });
  },
);

test('taking back that is itself killed goes on at the start after that', async () => {
  const ledger = await PartedLedger.start();
  await expect(ledger.import(ledger.process(6), file(), 'a')).rejects.toThrow('stopped half-way');
  for (let start = 0; start < 5; start++)
    await reverse(ledger.process(2), (await unfinished(ledger)) ?? null, `start ${start}`).catch(
      () => undefined,
    );
  await ledger.open();
  expect(await ledger.standing()).toEqual(nothing);
});

async function unfinished(ledger: PartedLedger): Promise<string | undefined> {
  const facts = await ledger.process().parts.imports();
  return facts.find(({ event }) => event.type === 'ImportAccepted')?.id;
}

test('while an import is only partly there, no other is recorded and no year is closed over it', async () => {
  const ledger = await PartedLedger.start();
  let sayHalfWay = (): void => undefined;
  let goOn = (): void => undefined;
  const halfWay = new Promise<void>((resolve) => (sayHalfWay = resolve));
  const refusedMeanwhile = new Promise<void>((resolve) => (goOn = resolve));
  let appends = 0;
  const process = ledger.process(Infinity, async () => {
    appends += 1;
    if (appends !== 2) return;
    sayHalfWay();
    await refusedMeanwhile;
  });
  const first = ledger.import(process, file(), 'a');
  const same = ledger.import(process, file(), 'a');
  await halfWay;
  const refused: unknown = await ledger.import(process, file(3), 'b').catch((error: unknown) => error);
  goOn();
  expect(refused).toMatchObject({ faults: [{ code: 'import-under-way' }] });
  const [done, repeated] = await Promise.all([first, same]);
  expect([repeated.import, repeated.replayed]).toEqual([done.import, true]);
  expect(await ledger.standing()).toEqual(whole);
  await expect(ledger.import(ledger.process(4), file(40), 'c')).rejects.toThrow('stopped half-way');
  const closing = closePeriod(ledger.process(), 201920, {
    actor: derivedId('test-user', 'finance'),
    programmes: 'all',
    key: 'close',
    request: { level: 'provisional' },
  });
  await expect(closing).rejects.toMatchObject({ faults: [{ code: 'import-under-way' }] });
  // The next import takes back what the one before came to; what stood already stands.
  expect((await ledger.import(ledger.process(), file(40), 'd')).totals).toMatchObject({
    unchanged: 20,
    new: 20,
  });
  expect(await ledger.standing()).toMatchObject({ records: 40, importing: 0 });
});
