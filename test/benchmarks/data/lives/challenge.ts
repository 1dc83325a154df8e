import { streamOf, type EventData } from '@ledger/events';
import { dateOf, recordedOn } from '../days';
import { correction, fateOf, monthsLater, withdrawal, type Life, type LifeParts, type Step } from './life';

type Challenge = EventData<'PeerChallengeDelivered'>;

const places = ['lead', 'member', 'member', 'officer', 'manager'] as const;

/** A team of five: a tenth of all persons are peers. */
function teamOf({ setting, random }: LifeParts, day: number): NonNullable<Challenge['team']> {
  const peers = Math.floor(setting.proportions.persons / 10);
  const first = random.below(peers);
  return places.map((role, at) => {
    // Steps of a prime number: five different persons.
    const { id, councils } = setting.person(((first + at * 7) % peers) * 10 + 1);
    const daysHundredths = random.between(4, 14) * 50;
    return { person: id, role, home: setting.council(councils[0] ?? 0, day).id, daysHundredths };
  });
}

/** A peer challenge with its team: recorded some weeks after the team left. */
export function challengeLife(parts: LifeParts): Life {
  const { setting, random, index, base } = parts;
  const from = base - random.between(1, 4);
  const council = setting.council(random.below(setting.bodies.councils.length), base);
  const offer = random.percent(45) ? 'corporate-peer-challenge' : random.pick(setting.offers.challenges);
  const data: Challenge = {
    offer,
    title: `${setting.offerLabel(offer)}, ${council.name}`.slice(0, 120),
    occurred: { from: dateOf(from), to: dateOf(base), basis: 'stated' },
    bodies: [{ body: council.id, role: 'recipient' }],
    team: teamOf(parts, base),
  };
  const recorded = recordedOn(base + random.between(3, 40), base);
  const steps: Step[] = [{ recorded, event: { type: 'PeerChallengeDelivered', data } }];
  const fate = fateOf('challenge', index);
  if (fate === 'corrected') {
    const team = data.team?.map((peer, at) => (at === 1 ? { ...peer, daysHundredths: 250 } : peer));
    steps.push({
      recorded: monthsLater(parts, recorded),
      event: correction(parts, {
        revision: 0,
        content: { type: 'PeerChallengeDelivered', data: { ...data, ...(team !== undefined && { team }) } },
        reason: 'late-information',
      }),
    });
  } else if (fate === 'withdrawn')
    steps.push({ recorded: monthsLater(parts, recorded), event: withdrawal(parts) });
  return { stream: streamOf('activity', setting.seeded.id('challenge', index)), steps };
}
