import type { NamedThing } from './named-thing';

const y1617 = { from: '2016-04-01', to: '2017-03-31' };

/** What the report of 2016/17 tells of. */
export const things2016: readonly NamedThing[] = [
  {
    rows: ['2016-17.isle-of-wight.be-a-councillor-event'],
    type: 'EventHeld',
    offer: 'be-a-councillor',
    title: 'Be a Councillor event for women',
    ...y1617,
    bodies: [['E06000046', 'host']],
  },
  {
    rows: ['2016-17.luton.counter-extremism-special-interest-group'],
    type: 'SupportProvided',
    offer: 'counter-extremism',
    title: 'Special interest group on extremism',
    ...y1617,
    bodies: [
      ['E06000032', 'partner'],
      ['dclg', 'partner'],
      ['home-office', 'partner'],
    ],
  },
  {
    rows: ['2016-17.combined-authority-chief-executives-network.established'],
    type: 'SupportProvided',
    offer: 'devolution-support',
    title: 'Network established',
    ...y1617,
    bodies: [['ca-chief-executives', 'member']],
  },
];
