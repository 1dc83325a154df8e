import { setImmediate } from 'node:timers/promises';
import { decodeStoredBody, derivedId } from '@ledger/events';
import { DecisionRefused } from '@ledger/domain';
import { closePeriod, reverseImports, type Outcome, type Recording } from '@ledger/recording';
import { csv } from './file-imports';
import { PartedLedger } from './parted-ledger';

const rows = 20;
const file = csv([
  ['Offer', 'When', 'Title', 'Councils: recipient'],
  ...Array.from({ length: rows }, (_, at) => ['Offer', '4/6/2019', `Review ${at}`, 'Council One']),
]);

/** Somebody closes a year provisionally. */
async function close(process: Recording, year: number): Promise<Outcome> {
  return closePeriod(process, year, {
    actor: derivedId('test-user', 'finance'),
    programmes: 'all',
    key: `close ${year}`,
    request: { level: 'provisional' },
  });
}

async function reverse(process: Recording, id: string | null): Promise<Outcome> {
  return reverseImports(process, [id ?? ''], {
    actor: derivedId('test-user', 'editor'),
    programmes: 'all',
    key: 'reverse',
    request: { reason: 'other' },
  });
}

/** Something that is done once, just before an append that holds an event of a type. */
function once(type: string, work: () => Promise<unknown>): (types: string[]) => Promise<void> {
  let done = false;
  return async (types) => {
    if (done || !types.includes(type)) return;
    done = true;
    await work();
  };
}

/** Something to wait for. */
function signal(): { readonly given: Promise<void>; give: () => void } {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give: () => give() };
}

const whole = { records: rows, importing: 0, incomplete: false };
const nothing = { records: 0, importing: 0, incomplete: false };

// Rules that look back count what other years hold, so it makes no difference which year is closed.
test.each([201920, 201819])(
  'a closing of %p that was decided just before a large import begins is refused while it is under way',
  async (year) => {
    const ledger = await PartedLedger.start();
    const [begun, refused] = [signal(), signal()];
    let report: Promise<unknown> = Promise.resolve();
    const importing = ledger.process(
      Infinity,
      once('SupportProvided', async () => {
        begun.give();
        await refused.given;
      }),
    );
    const closing = ledger.process(
      Infinity,
      once('PeriodClosed', async () => {
        report = ledger.import(importing, file, 'a');
        await begun.given;
      }),
    );
    await expect(close(closing, year)).rejects.toMatchObject({ faults: [{ code: 'import-under-way' }] });
    refused.give();
    expect(await report).toMatchObject({ recorded: true });
    expect(await ledger.standing()).toEqual(whole);
    expect(await close(closing, year)).toMatchObject({ replayed: false });
  },
);

test('a large import of a year that is closed just before it begins records nothing, and says why', async () => {
  const ledger = await PartedLedger.start();
  let closedAt: unknown;
  const importing = ledger.process(
    Infinity,
    once('ImportAccepted', async () => (closedAt = (await close(ledger.process(), 201920)).position)),
  );
  const report = await ledger.import(importing, file, 'a');
  expect(report).toMatchObject({ recorded: false, totals: { rejected: rows } });
  expect(report.sheets[0]?.rows[0]?.faults).toMatchObject([{ code: 'closed-time' }]);
  expect([String((await ledger.recorded.log.head()).position), await ledger.standing()]).toEqual([
    closedAt,
    nothing,
  ]);
});

test('a large import of a year that is closed just before its reversal begins stands whole', async () => {
  const ledger = await PartedLedger.start();
  const { import: id } = await ledger.import(ledger.process(), file, 'a');
  const reversing = ledger.process(
    Infinity,
    once('ImportReversalAccepted', async () => close(ledger.process(), 201920)),
  );
  await expect(reverse(reversing, id)).rejects.toBeInstanceOf(DecisionRefused);
  expect(await ledger.standing()).toEqual(whole);
});

test('a closing that was decided just before a large import is taken back is refused while it is under way', async () => {
  const ledger = await PartedLedger.start();
  const { import: id } = await ledger.import(ledger.process(), file, 'a');
  const [begun, refused] = [signal(), signal()];
  let reversal: Promise<unknown> = Promise.resolve();
  const reversing = ledger.process(
    Infinity,
    once('ActivityWithdrawn', async () => {
      begun.give();
      await refused.given;
    }),
  );
  const closing = ledger.process(
    Infinity,
    once('PeriodClosed', async () => {
      reversal = reverse(reversing, id);
      await begun.given;
    }),
  );
  await expect(close(closing, 201920)).rejects.toMatchObject({ faults: [{ code: 'import-under-way' }] });
  refused.give();
  await reversal;
  expect(await ledger.standing()).toEqual(nothing);
});

/** The ends of imports and the closings of a ledger, in their order. */
async function milestones(ledger: PartedLedger): Promise<string> {
  const found: string[] = [];
  for await (const { bytes } of ledger.recorded.log.readAll()) {
    const { type } = decodeStoredBody(bytes);
    if (/^(Import(Accepted|Completed|Reversed)|PeriodClosed)$/.test(type)) found.push(type);
  }
  return found.join(' ');
}

test('however a closing and a large import meet, either comes wholly before the other', async () => {
  const met = new Set<string>();
  for (let race = 0; race < 60; race++) {
    const ledger = await PartedLedger.start();
    const later = async (times: number): Promise<void> => {
      for (let at = 0; at < times; at++) await setImmediate();
    };
    await Promise.allSettled([
      later(race % 4 === 0 ? race : 0).then(async () => ledger.import(ledger.process(), file, 'a')),
      later(race % 4 === 0 ? 0 : race).then(async () => close(ledger.process(), 201920)),
    ]);
    const order = await milestones(ledger);
    met.add(order);
    expect(order).toMatch(/^(PeriodClosed|ImportAccepted ImportCompleted( PeriodClosed)?)$/);
    expect(await ledger.standing()).toEqual(order === 'PeriodClosed' ? nothing : whole);
  }
  // Either came first, so the race was one.
  expect([...met]).toEqual(
    expect.arrayContaining(['PeriodClosed', 'ImportAccepted ImportCompleted PeriodClosed']),
  );
});
