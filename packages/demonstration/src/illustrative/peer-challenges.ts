import type { BodyInRole, EventData, Occurred } from '@ledger/events';
import { chooseCouncils, exactly, othersWithin, type Council } from './choose-councils';
import { lastDayOfOldControl, quarterOf, someTime, workingSpan, yearStart } from './dates';
import type { SeededRandom } from './random';
import type { SampleRecord } from './sample-record';
import type { Setting } from './setting';

/** How many of each kind there are; together the 119 delivered. */
const kinds = {
  'corporate-peer-challenge': 60,
  'finance-peer-challenge': 9,
  'childrens-peer-challenge': 14,
  'adults-peer-challenge': 12,
  'planning-peer-challenge': 14,
  'communications-peer-challenge': 10,
} as const;
type Kind = keyof typeof kinds;
const corporate = 'corporate-peer-challenge';

/** 70 % of the corporate challenges were a council's first. */
const firstTime = 42;
const peerDaysHundredths = 250_000;
const halfDay = 50;
const [fewestDays, mostDays] = [200, 700];

export interface PeerChallenges {
  readonly records: readonly SampleRecord[];
  /** The councils that had a finance peer challenge. */
  readonly finance: ReadonlySet<string>;
}

interface Challenge {
  readonly council: Council;
  readonly kind: Kind;
  readonly occurred: Occurred;
}

type Team = NonNullable<EventData<'PeerChallengeDelivered'>['team']>;

/**
 * The councils challenged: the published numbers by type and control; South West highest and London lowest by
 * share; Liberal Democrat councils ahead of every other control (3 of 7 is 42.9 %).
 */
function challengedCouncils({ councils, changed, randomFor }: Setting): Council[] {
  const random = randomFor('challenged-councils');
  const london = random.between(3, 5);
  return chooseCouncils(random, councils, 'peer challenges', {
    size: 29 + 13 + 40 + 17 + london,
    quotas: [
      ...exactly('type', {
        unitary: 29,
        county: 13,
        district: 40,
        metropolitan: 17,
        'London borough': london,
      }),
      ...exactly('control', { Conservative: 52, 'Liberal Democrat': 3 }),
      ...othersWithin('control', councils, ['Conservative', 'Liberal Democrat'], [0, 42]),
      { by: 'region', group: 'South West', from: 18, to: 24 },
      ...othersWithin('region', councils, ['South West', 'London'], [20, 42]),
    ],
    including: new Set(changed.map(({ bodyId }) => bodyId)),
  });
}

/**
 * Which council has which kinds. Councils whose control changed in May 2016 have one challenge, before the
 * change; other second challenges are of another kind and in another quarter than the first.
 */
function challenges(setting: Setting): Challenge[] {
  const random = setting.randomFor('challenges');
  const changed = new Set(setting.changed.map(({ bodyId }) => bodyId));
  const councils = random.shuffled(challengedCouncils(setting));
  const others = random.shuffled(
    Object.entries(kinds).flatMap(([kind, count]) =>
      // The keys of `kinds` are the kinds.
      kind === corporate ? [] : Array.from({ length: count }, () => kind as Kind),
    ),
  );
  const corporates = councils.slice(0, kinds[corporate]);
  const first: Challenge[] = councils.map((council, at) => ({
    council,
    kind: at < corporates.length ? corporate : (others.pop() ?? corporate),
    occurred: changed.has(council.bodyId)
      ? workingSpan(random, 4, { from: yearStart, to: lastDayOfOldControl })
      : someTime(random, 4),
  }));
  const again = random.sample(
    first.filter(({ kind, council }) => kind === corporate && !changed.has(council.bodyId)),
    others.length,
  );
  const second = again.map(({ council, occurred: before }): Challenge => {
    let occurred = workingSpan(random, 4);
    while (quarterOf(occurred) === quarterOf(before)) occurred = workingSpan(random, 4);
    return { council, kind: others.pop() ?? corporate, occurred };
  });
  return [...first, ...second];
}

/** A leader, member peers and officer peers from other councils, and a manager who gives no peer days. */
function teamFor(setting: Setting, random: SeededRandom, at: Council, peers: readonly Peer[]): Team {
  const away = peers.filter(({ home }) => home !== at.bodyId);
  const places = random.between(4, 6);
  const team: Team = random.sample(away, places).map(({ person, home }, place) => ({
    person,
    role: place === 0 ? 'lead' : place * 2 < places ? 'member' : 'officer',
    home,
    daysHundredths: random.between(6, 11) * halfDay,
  }));
  return [...team, { person: setting.idOf('manager', random.between(1, 14)), role: 'manager' }];
}

interface Peer {
  readonly person: string;
  readonly home: string;
}

/** Moves single half days until the days of all teams come to the number published. */
function balanced(random: SeededRandom, teams: readonly Team[]): Team[] {
  const days = teams.map((team) => team.map(({ daysHundredths }) => daysHundredths));
  let missing = peerDaysHundredths - days.flat().reduce<number>((sum, days = 0) => sum + days, 0);
  while (missing !== 0) {
    const ofTeam = random.pick(days);
    const place = random.below(ofTeam.length);
    const now = ofTeam[place];
    if (now === undefined) continue;
    const next = now + Math.sign(missing) * halfDay;
    if (next < fewestDays || next > mostDays) continue;
    ofTeam[place] = next;
    missing -= next - now;
  }
  return teams.map((team, at) =>
    team.map((peer, place) => {
      const daysHundredths = days[at]?.[place];
      return daysHundredths === undefined ? peer : { ...peer, daysHundredths };
    }),
  );
}

/** The 119 peer challenges of the year, and what is known of the corporate ones' councils before it. */
export function peerChallenges(setting: Setting): PeerChallenges {
  const all = challenges(setting);
  const random = setting.randomFor('teams');
  const peers = Array.from({ length: 380 }, (_, at) => ({
    person: setting.idOf('peer', at),
    home: random.pick(setting.councils).bodyId,
  }));
  const teams = balanced(
    random,
    all.map(({ council }) => teamFor(setting, random, council, peers)),
  );
  const delivered = all.map(({ council, kind, occurred }, at): SampleRecord => {
    const bodies: BodyInRole[] = [{ body: council.bodyId, role: 'recipient' }];
    return {
      quarter: quarterOf(occurred),
      type: 'PeerChallengeDelivered',
      activity: setting.idOf('peer-challenge', at),
      data: { offer: kind, occurred, bodies, team: teams[at] ?? [] },
    };
  });
  const corporates = random.shuffled(all.filter(({ kind }) => kind === corporate));
  const earlier = corporates.map(({ council, occurred }, at): SampleRecord => ({
    quarter: quarterOf(occurred),
    type: 'EarlierSupportDeclared',
    activity: setting.idOf('earlier', council.bodyId),
    data: {
      offer: corporate,
      body: council.bodyId,
      had: at >= firstTime,
      upTo: '2016-03-31',
      source: 'Invented for the illustrative year',
    },
  }));
  const finance = all.filter(({ kind }) => kind === 'finance-peer-challenge');
  return {
    records: [...delivered, ...earlier],
    finance: new Set(finance.map(({ council }) => council.bodyId)),
  };
}
