import { dateInWords, financialYearLabel, financialYearSpan, isFinancialYear } from '@ledger/calendar';
import type { LedgerEvent } from '@ledger/events';
import type { Agreed, Rated } from '../things/deliverable';
import type { Thing } from '../things/thing';
import type { ContentRule } from './content-rule';
import type { Fault } from './refusal';

/** What a deliverable and a rating must say, each by itself (S5). */
export const deliverableRules: readonly ContentRule[] = [
  {
    id: 'deliverable-year',
    level: 'error',
    check: (event) => {
      if (event.type !== 'DeliverableAgreed') return [];
      const { year, agreedOn } = event.data;
      if (!isFinancialYear(year))
        return [{ path: 'year', message: `${year} is no financial year; 2019/20 is written 201920` }];
      return agreedOn > financialYearSpan(year).to
        ? [
            {
              path: 'agreedOn',
              message: `${dateInWords(agreedOn)} is after the end of ${financialYearLabel(year)}; what is agreed is agreed before its year ends`,
            },
          ]
        : [];
    },
  },
  {
    id: 'definition-whole',
    level: 'error',
    check: (event) => {
      if (event.type !== 'DeliverableRated') return [];
      const { greenMeans, amberMeans, redMeans } = event.data;
      const given = [greenMeans, amberMeans, redMeans].filter((one) => one !== undefined).length;
      return given === 0 || given === 3
        ? []
        : [
            {
              path: 'greenMeans',
              message: 'say what all three colours mean, or none where the rating uses what was agreed',
            },
          ];
    },
  },
];

function fault(code: string, path: string, message: string): Fault {
  return { code, path, message };
}

/** What is wrong with a rating of a deliverable that was agreed so. */
function ratingFaults({ asAt, achieved }: Rated, agreed: Agreed): Fault[] {
  const faults: Fault[] = [];
  const { from, to } = financialYearSpan(agreed.year);
  if (asAt < from || asAt > to)
    faults.push(
      fault(
        'rated-in-its-year',
        'data.asAt',
        `the deliverable is of ${financialYearLabel(agreed.year)}; rate it as at a day from ${from} to ${to}`,
      ),
    );
  if (achieved !== undefined && agreed.targetCount === undefined)
    faults.push(
      fault(
        'target-counted',
        'data.achieved',
        'the target of this deliverable has no number; leave this out, or correct the deliverable first',
      ),
    );
  return faults;
}

/**
 * What is wrong with an event of a deliverable beside what its stream says already.
 * @param corrected the content event that it replaces; left out for a new one
 */
export function deliverableFaults(thing: Thing, event: LedgerEvent, corrected?: string): Fault[] {
  const others = thing.contents.filter(({ withdrawn, eventId }) => !withdrawn && eventId !== corrected);
  const [agreed] = others.flatMap((one) => (one.event.type === 'DeliverableAgreed' ? [one.event.data] : []));
  const ratings = others.flatMap((one) => (one.event.type === 'DeliverableRated' ? [one.event.data] : []));
  if (event.type === 'DeliverableAgreed') {
    if (agreed !== undefined || (corrected === undefined && thing.contents.length > 0))
      return [
        fault(
          'duplicate-id',
          'id',
          'a deliverable with this id exists already; leave the id out, or correct that one',
        ),
      ];
    return ratings.flatMap((rating) =>
      ratingFaults(rating, event.data).map(({ code, message }) =>
        fault(code, 'data', `its rating as at ${dateInWords(rating.asAt)} would not fit: ${message}`),
      ),
    );
  }
  if (event.type !== 'DeliverableRated') return [];
  if (agreed === undefined)
    return [
      fault('deliverable-agreed', 'id', 'there is no such deliverable to rate; give the id of one as `id`'),
    ];
  const again = ratings.some(({ asAt }) => asAt === event.data.asAt);
  return [
    ...ratingFaults(event.data, agreed),
    ...(again
      ? [
          fault(
            'rated-once',
            'data.asAt',
            `it is rated as at ${dateInWords(event.data.asAt)} already; correct that rating instead`,
          ),
        ]
      : []),
  ];
}
