import { derivedId, streamOf } from '@ledger/events';
import { bodyIdOf } from '@ledger/councils';
import { namedRecords } from '../named-activities/named-records';
import type { ScheduledAppend } from './scheduled-append';

/*
 * Corrections some months after the records they change, so that the ledger has different answers as recorded by
 * different days.
 */

const twice = derivedId('demonstration', 'challenge recorded twice');
const doubtful = derivedId('demonstration', 'claim withdrawn later');

/** Two invented records typed in by hand, which turn out to be none. */
function typedIn(): ScheduledAppend[] {
  return [
    {
      key: 'typed-in',
      day: '2017-05-03',
      label: 'Two records typed in',
      events: [
        {
          stream: streamOf('activity', twice),
          id: derivedId('demonstration-event', 'typed-in', 'challenge'),
          illustrative: true,
          event: {
            type: 'PeerChallengeDelivered',
            data: {
              offer: 'corporate-peer-challenge',
              title: 'Corporate peer challenge, typed in a second time',
              occurred: { from: '2017-02-07', to: '2017-02-10', basis: 'stated' },
              bodies: [{ body: bodyIdOf('cornwall-council'), role: 'recipient' }],
            },
          },
        },
        {
          stream: streamOf('claim', doubtful),
          id: derivedId('demonstration-event', 'typed-in', 'claim'),
          illustrative: true,
          event: {
            type: 'SavingsRecorded',
            data: {
              offer: 'leadership-academy',
              title: 'Gain claimed before its figures were checked',
              bodies: [],
              occurred: { from: '2016-04-01', to: '2017-03-31', basis: 'report-year' },
              gainType: 'not stated',
              realisation: 'not stated',
              amounts: [
                {
                  fromYear: 201617,
                  toYear: 201617,
                  basis: 'not stated',
                  grossPence: 150_000_000,
                  qualifier: 'estimated',
                },
              ],
              recurrence: 'not stated',
              source: 'illustrative',
              method: 'not stated',
            },
          },
        },
      ],
    },
    {
      key: 'typed-in-withdrawn',
      day: '2017-09-12',
      label: 'Both withdrawn',
      events: [
        {
          stream: streamOf('activity', twice),
          id: derivedId('demonstration-event', 'withdrawn', 'challenge'),
          event: { type: 'ActivityWithdrawn', data: { reason: 'duplicate' } },
        },
        {
          stream: streamOf('claim', doubtful),
          id: derivedId('demonstration-event', 'withdrawn', 'claim'),
          event: { type: 'ClaimWithdrawn', data: { reason: 'did-not-happen' } },
        },
      ],
    },
  ];
}

/** A published saving whose digits were swapped when it was typed in, and put right half a year later. */
function swappedDigits(): ScheduledAppend[] {
  const saving = namedRecords().find(
    ({ event }) =>
      event.type === 'SavingsRecorded' && event.data.title === 'Saving in the first months in the joint team',
  );
  if (saving?.event.type !== 'SavingsRecorded')
    throw new RangeError('The saving of the joint team is not among the named records');
  const content = saving.event.data;
  const wrong = content.amounts.map((amount) => ({ ...amount, grossPence: 32_000_000 }));
  const revise = (
    key: string,
    day: string,
    amounts: typeof content.amounts,
    reason: 'typing-error' | 'late-information',
  ): ScheduledAppend => ({
    key,
    day,
    label: 'A saving revised',
    events: [
      {
        stream: streamOf('claim', saving.id),
        id: derivedId('demonstration-event', key),
        event: { type: 'ClaimRevised', data: { content: { ...content, amounts }, reason } },
      },
    ],
  });
  return [
    revise('digits-swapped', '2019-05-20', wrong, 'late-information'),
    revise('digits-put-right', '2019-11-18', content.amounts, 'typing-error'),
  ];
}

export function lateCorrections(): readonly ScheduledAppend[] {
  return [...typedIn(), ...swappedDigits()];
}
