import { quarterSpan } from '@ledger/calendar';
import type { EventData } from '@ledger/events';
import type { Quarter } from '../sample-record';
import { year } from './dates';
import type { Record201920 } from './record';
import type { Setting201920 } from './setting';

/** 55 deliverables: 12 green and 43 amber as at 30 September, none of them red. Other quarters are invented. */
const count = 55;
const green: Readonly<Record<Quarter, number>> = { 1: 4, 2: 12, 3: 29, 4: 53 };
/** Which one was red for a quarter, of those that were never green. */
const redInQuarter: Quarter = 3;
const councilsChanged = 75;
const changeOfControl = 'change-of-control-support';

const means = {
  greenMeans: 'delivered in full',
  amberMeans: 'not delivered yet, and on course to be by the end of the year',
  redMeans: 'not on course to be delivered by the end of the year',
};

const quarterNumbers = [1, 2, 3, 4] as const;

type Agreement = EventData<'DeliverableAgreed'>;

function agreement(offer: string, title: string, target: string): Agreement {
  return { title, offer, year, agreedOn: '2019-04-01', target, ...means };
}

/** One for each offer of the year and a second one for some, in a random order. */
function plain({ offers, randomFor }: Setting201920): Agreement[] {
  const all = [...offers].filter(([id]) => id !== changeOfControl);
  const given = all.map(([id, label]) =>
    agreement(id, `${label}: support given`.slice(0, 120), 'As planned for the year'),
  );
  const evaluated = all.map(([id, label]) =>
    agreement(id, `${label}: evaluation`.slice(0, 120), 'An evaluation by the end of the year'),
  );
  return randomFor('deliverables').shuffled([...given, ...evaluated].slice(0, count - 1));
}

/** How many councils of an offer's records had been supported by the end of each quarter. */
function supportedBy(records: readonly Record201920[], offer: string, day: string): number {
  const bodies = new Set<string>();
  for (const record of records)
    if (record.type === 'SupportProvided' && record.data.offer === offer && record.data.occurred.to <= day)
      for (const { body } of record.data.bodies) bodies.add(body);
  return bodies.size;
}

function ragOf(place: number, quarter: Quarter): 'green' | 'amber' | 'red' {
  if (place < green[quarter]) return 'green';
  return place === count - 2 && quarter === redInQuarter ? 'red' : 'amber';
}

/**
 * What was agreed for the year and how it stood at the end of each quarter. The support after a change of control has a
 * number to reach, and its ratings say how many councils this year's own records reach.
 */
export function deliverables(setting: Setting201920, records: readonly Record201920[]): Record201920[] {
  const { idOf } = setting;
  const counted: Agreement = {
    ...agreement(
      changeOfControl,
      'Bespoke support for councils that changed control',
      'Every council whose control changed with the elections of May 2019',
    ),
    targetCount: councilsChanged,
  };
  return [...plain(setting), counted].flatMap((data, place): Record201920[] => {
    const activity = idOf('deliverable', place);
    return [
      { quarter: 1, type: 'DeliverableAgreed', activity, data },
      ...quarterNumbers.map((quarter): Record201920 => {
        const asAt = quarterSpan(year, quarter).to;
        const achieved = data === counted && { achieved: supportedBy(records, changeOfControl, asAt) };
        const rag = ragOf(place, quarter);
        return { quarter, type: 'DeliverableRated', activity, data: { asAt, rag, ...achieved } };
      }),
    ];
  });
}
