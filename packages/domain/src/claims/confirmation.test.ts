import { linesOf } from '../lines/lines';
import { claimOf, realisationOf } from './claim';
import { ClaimInTest, refusals, submitter, verifier, wholeContent, type Content } from './claims.testing';
import { nextConfirmation } from './confirmation';
import type { ClaimCommand } from './decide-claim';

const amounts: Content['amounts'] = [201920, 202021, 202122, 202223].map((year) => ({
  fromYear: year,
  toYear: year,
  basis: 'forecast',
  grossPence: 10_000_00,
  qualifier: 'estimated',
}));
const recurring = (): ClaimInTest =>
  new ClaimInTest({ ...wholeContent, recurrence: 'recurring', amounts }).delivered(201920);
const confirmed = (year: number, grossPence = 9_000_00): ClaimCommand => ({
  step: 'confirm',
  data: { year, grossPence, qualifier: 'exact' },
});
const lapse: ClaimCommand = { step: 'lapse', data: {} };

function next({ thing }: ClaimInTest): unknown {
  const claim = claimOf(thing);
  return claim && nextConfirmation(claim);
}

function gains({ thing }: ClaimInTest, kind: string): (number | null)[][] {
  return linesOf(thing).flatMap((line) => (line.kind === kind ? [[line.amountFrom, line.quantity]] : []));
}

describe('a recurring gain (B9)', () => {
  it('needs a confirmation for each year after the last in which it was made, until 30 June after it', () => {
    const claim = recurring();
    expect(next(claim)).toEqual({ year: 202021, due: '2021-06-30', persisted: 0 });
    claim.do(confirmed(202021), submitter);
    expect(next(claim)).toEqual({ year: 202122, due: '2022-06-30', persisted: 1 });
    const now = claimOf(claim.thing);
    expect(now && realisationOf(now)).toBe('sustained');
    expect(gains(claim, 'gain')).toContainEqual([202021, 9_000_00]);
  });

  it('is confirmed a year after the other, each once, and not before it begins', () => {
    expect(refusals(() => recurring().do(confirmed(202122), submitter))).toContain('next-year');
    expect(refusals(() => recurring().do(confirmed(201920), submitter))).toContain('next-year');
    const before = { today: '2020-03-31' };
    expect(refusals(() => recurring().do(confirmed(202021), submitter, before))).toEqual(['delivery-year']);
  });

  it('lapses only after the last day for its confirmation, and what was estimated is reversed and kept in sight', () => {
    const claim = recurring();
    expect(refusals(() => claim.do(lapse, verifier, { today: '2021-06-30' }))).toEqual([
      'confirmation-overdue',
    ]);
    claim.do(lapse, verifier, { today: '2021-07-01' });
    expect(claim.events.at(-1)).toEqual({ type: 'SavingLapsed', data: { from: 202021 } });
    expect(gains(claim, 'gain')).toEqual([[201920, 10_000_00]]);
    expect(gains(claim, 'gain-lapsed')).toEqual([
      [202021, 10_000_00],
      [202122, 10_000_00],
      [202223, 10_000_00],
    ]);
    expect(next(claim)).toBeUndefined();
  });

  it('that is confirmed late after all has not lapsed', () => {
    const claim = recurring().do(lapse, verifier, { today: '2021-07-01' });
    claim.do(confirmed(202021), submitter, { today: '2021-08-01' });
    expect(gains(claim, 'gain-lapsed')).toEqual([]);
    expect(gains(claim, 'gain')).toHaveLength(4);
  });

  it('that was made in two full years after the first needs no more where nothing more is estimated', () => {
    const claim = new ClaimInTest({ ...wholeContent, recurrence: 'recurring' }).delivered(201920);
    const later = { today: '2023-01-01' };
    claim.do(confirmed(202021), submitter, later).do(confirmed(202122), submitter, later);
    expect(next(claim)).toBeUndefined();
    expect(refusals(() => claim.do(lapse, verifier, later))).toEqual(['confirmation-overdue']);
  });

  it('is the only one that is confirmed or lapses', () => {
    const once = new ClaimInTest().delivered();
    expect(refusals(() => once.do(confirmed(202021), submitter))).toEqual(['recurring-only']);
    expect(refusals(() => once.do(lapse, verifier))).toEqual(['recurring-only']);
  });
});

test('an estimate over several years gives a year its slice only where it is given (B6)', () => {
  const claim = new ClaimInTest({
    ...wholeContent,
    amounts: [
      { fromYear: 201819, toYear: 202122, basis: 'forecast', grossPence: 42_600_000_00, qualifier: 'about' },
      { fromYear: 201920, toYear: 201920, basis: 'forecast', grossPence: 7, qualifier: 'exact' },
    ],
  });
  const lines = linesOf(claim.thing).filter(({ kind }) => kind === 'gain');
  expect(lines.map(({ amountFrom, amountTo, quantity }) => [amountFrom, amountTo, quantity])).toEqual([
    [201819, 202122, 42_600_000_00],
    [201920, 201920, 7],
  ]);
});
