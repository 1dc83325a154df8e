import { DecisionRefused } from '@ledger/domain';
import { EventLogError } from '@ledger/event-log';
import { reopenPeriod } from '@ledger/recording';
import fc from 'fast-check';
import type { ClosingLedger } from './closing-ledger';

/** The year that games are about. */
export const closedYear = 201920;

/* Days around the closed year, on both its edges. */
const days = [
  '2018-05-01',
  '2019-03-31',
  '2019-04-01',
  '2019-08-15',
  '2020-03-31',
  '2020-04-01',
  '2020-05-20',
];
const span = fc.tuple(fc.constantFrom(...days), fc.constantFrom(...days)).map(([a, b]) => ({
  from: a < b ? a : b,
  to: a < b ? b : a,
  basis: 'stated' as const,
}));
const year = fc.constantFrom(201819, 201920, 202021);

/** A record of some type, dated anywhere. */
const content = fc.oneof(
  fc.record({
    type: fc.constant('SupportProvided'),
    occurred: span,
    body: fc.constantFrom(0, 1),
  }),
  fc.record({ type: fc.constant('EventHeld'), occurred: span, attendees: fc.integer({ min: 0, max: 50 }) }),
  fc.record({
    type: fc.constant('MembershipStarted'),
    from: fc.constantFrom(...days),
    body: fc.constantFrom(0, 1),
  }),
  fc.record({
    type: fc.constant('SavingsRecorded'),
    occurred: span,
    years: fc.tuple(year, year),
    pence: fc.integer({ min: 1, max: 1000 }),
  }),
);
type Content = typeof content extends fc.Arbitrary<infer C> ? C : never;

const which = fc.nat({ max: 30 });
/** Something that somebody does. */
export const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('record' as const), content }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('correct' as const), which, content }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('withdraw' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reinstate' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('merge' as const), which, other: which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo-merge' as const), which, other: which }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('end' as const), which, on: fc.constantFrom(...days) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function dataOf(ledger: ClosingLedger, said: Content): object {
  const bodyOf = (at: number): string => ledger.bodies[at] ?? '';
  if ('from' in said) return { offer: 'p0', from: said.from, body: bodyOf(said.body) };
  if ('attendees' in said)
    return { offer: 'p0', title: 'Workshop', occurred: said.occurred, attendees: said.attendees };
  if ('pence' in said) {
    const [a, b] = said.years;
    const amount = { fromYear: Math.min(a, b), toYear: Math.max(a, b), basis: 'actual', qualifier: 'exact' };
    return {
      title: 'Claim',
      bodies: [],
      occurred: said.occurred,
      gainType: 'cash-releasing efficiency',
      realisation: 'delivered',
      amounts: [{ ...amount, grossPence: said.pence }],
      recurrence: 'one-off',
      source: 'test',
      method: 'actuals',
    };
  }
  return { offer: 'p0', occurred: said.occurred, bodies: [{ body: bodyOf(said.body), role: 'recipient' }] };
}

interface Known {
  readonly id: string;
  readonly kind: 'activity' | 'claim';
}

/** Commands as anybody may send them; refusals are part of the game. */
export class Player {
  readonly known: Known[] = [];
  constructor(readonly ledger: ClosingLedger) {}

  async play(taken: Step): Promise<boolean> {
    try {
      await this.#take(taken);
      return true;
    } catch (error) {
      if (error instanceof DecisionRefused || error instanceof EventLogError) return false;
      throw error;
    }
  }

  async #take(taken: Step): Promise<void> {
    const { ledger, known } = this;
    const { recording } = ledger;
    if (taken.do === 'record') {
      const { outcome, id } = await ledger.record(taken.content.type, dataOf(ledger, taken.content));
      known.push({ id, kind: outcome.records[0]?.kind === 'claim' ? 'claim' : 'activity' });
      return;
    }
    if (taken.do === 'reopen') {
      await reopenPeriod(recording, closedYear, ledger.command({ reason: 'other' }));
      return;
    }
    const one = known[taken.which % Math.max(known.length, 1)];
    if (one === undefined) return;
    const why = { reason: 'other' };
    switch (taken.do) {
      case 'correct':
        await recording.correct(
          one,
          ledger.command({
            ...why,
            type: taken.content.type,
            data: dataOf(ledger, taken.content),
            comment: 'As it was',
          }),
        );
        break;
      case 'withdraw':
        await recording.withdraw(one, ledger.command(why));
        break;
      case 'reinstate':
        await recording.reinstate(one, ledger.command(why));
        break;
      case 'end': {
        const data = { offer: 'p0', body: ledger.bodies[0], on: taken.on };
        const records = [{ type: 'MembershipEnded', id: one.id, data }];
        await recording.record(ledger.command({ records }));
        break;
      }
      case 'merge':
      case 'undo-merge': {
        const survivor = known[taken.other % known.length]?.id;
        const pair = ledger.command({ ...why, merged: one.id, survivor });
        await (taken.do === 'merge' ? recording.merge(pair) : recording.undoMerge(pair));
        break;
      }
      default: {
        const never: never = taken;
        throw new RangeError(`No such step ${String(never)}`);
      }
    }
  }
}
