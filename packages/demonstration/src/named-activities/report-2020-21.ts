import type { Named, NamedThing } from './named-thing';

const y2021 = { from: '2020-04-01', to: '2021-03-31' };

/** Councils whose peers led or joined teams elsewhere: providers, who were not themselves supported. */
const peersProvided = (row: string, council: `E${string}`): NamedThing => ({
  rows: [row],
  type: 'SupportProvided',
  offer: 'peers-provided',
  title: 'Peers provided to other councils',
  ...y2021,
  reportYear: true,
  bodies: [[council, 'provider']],
});

const panel = (
  row: string,
  council: `E${string}`,
  more: readonly Named[] = [],
  moreRows: readonly string[] = [],
): NamedThing => ({
  rows: [row, ...moreRows],
  type: 'PeerChallengeDelivered',
  offer: 'recovery-and-renewal-panel',
  title: 'Recovery and renewal panel',
  ...y2021,
  bodies: [[council, 'recipient'], ...more],
});

/** What the report of 2020/21 tells of. */
export const things2020: readonly NamedThing[] = [
  panel('2020-21.telford-and-wrekin.recovery-and-renewal-panel', 'E06000020'),
  panel('2020-21.st-helens.recovery-and-renewal-panel', 'E08000013'),
  // The peer from another council is told of in a row of its own: the same panel.
  panel(
    '2020-21.south-staffordshire.recovery-and-renewal-panel',
    'E07000196',
    [['E07000134', 'provider']],
    ['2020-21.north-west-leicestershire.peer-to-south-staffordshire'],
  ),
  panel('2020-21.cheltenham.recovery-and-renewal-panel', 'E07000078'),
  panel('2020-21.warrington.recovery-and-renewal-panel', 'E06000007'),
  panel('2020-21.cheshire-west-and-chester.recovery-and-renewal-panel', 'E06000050'),
  {
    rows: ['2020-21.cornwall-frs.remote-bespoke-peer-support'],
    type: 'PeerChallengeDelivered',
    offer: 'remote-peer-support',
    title: 'Virtual review',
    ...y2021,
    bodies: [['cornwall-fire', 'recipient']],
  },
  {
    rows: ['2020-21.torbay.remote-bespoke-peer-support'],
    type: 'PeerChallengeDelivered',
    offer: 'remote-peer-support',
    title: 'Review of the governance of a company',
    ...y2021,
    bodies: [['E06000027', 'recipient']],
  },
  peersProvided('2020-21.st-helens.peers-provided', 'E08000013'),
  peersProvided('2020-21.eastleigh.peers-provided', 'E07000086'),
  peersProvided('2020-21.north-west-leicestershire.peers-provided', 'E07000134'),
  peersProvided('2020-21.southend-on-sea.peers-provided', 'E06000033'),
  {
    rows: ['2020-21.combined-authority-hr-network.sessions'],
    type: 'SupportProvided',
    offer: 'workforce-support',
    title: 'Sessions of a network',
    ...y2021,
    bodies: [['ca-hr', 'recipient']],
  },
  {
    rows: ['2020-21.combined-authority-employment-and-skills-network.engagement'],
    type: 'SupportProvided',
    offer: 'devolution-support',
    title: 'Engagement with a network',
    ...y2021,
    bodies: [['ca-employment-and-skills', 'participant']],
  },
];
