import { quarterSpan } from '@ledger/calendar';
import { DecisionRefused } from '@ledger/domain';
import { ClosingLedger } from './closing-ledger';

const programmes = 10;
const years = Array.from({ length: 25 }, (_, at) => {
  const first = 1995 + at;
  return first * 100 + ((first + 1) % 100);
});

/** Does work after others went first so many times. */
async function after<T>(times: number, work: () => Promise<T>): Promise<T> {
  for (let at = 0; at < times; at++) await Promise.resolve();
  return work();
}

/** Whether a record was made; false where it came too late. */
async function wasRecorded(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof DecisionRefused && error.faults.every(({ code }) => code === 'closed-time'))
      return false;
    throw error;
  }
}

test('a thousand races of a record against a closing never leave a record behind the closing', async () => {
  const ledger = await ClosingLedger.start(programmes);
  let race = 0;
  let recorded = 0;
  for (const year of years)
    for (const quarter of [1, 2, 3, 4])
      for (let at = 0; at < programmes; at++) {
        race += 1;
        const offer = `p${at}`;
        const day = quarterSpan(year, quarter).from;
        // Each begins a little later than the other, by turns and by ever other steps.
        const late = race % 2 === 0 ? [race % 67, 0] : [0, race % 131];
        const [before] = await Promise.all([
          after(late[0] ?? 0, async () => wasRecorded(ledger.held(offer, day))),
          after(late[1] ?? 0, async () => ledger.close(year, 'provisional', { quarter, programme: offer })),
        ]);
        if (before) recorded += 1;
      }

  const closed = new Set<string>();
  let held = 0;
  for (const { type, stream, data } of await ledger.exported()) {
    const said = data as { offer: string; programme: string; quarter: number; occurred: { from: string } };
    if (type === 'PeriodClosed')
      closed.add(
        `${said.programme} ${quarterSpan(Number(stream.slice('period-'.length)), said.quarter).from}`,
      );
    if (type !== 'EventHeld') continue;
    held += 1;
    expect(closed).not.toContain(`${said.offer} ${said.occurred.from}`);
  }
  expect([race, closed.size, held]).toEqual([1000, 1000, recorded]);
  // Either came first many times, so the race was one.
  expect(Math.min(recorded, 1000 - recorded)).toBeGreaterThan(50);
  await ledger.stop();
}, 120_000);
