import { addDays } from '@ledger/calendar';
import type { EventData, Occurred, Party } from '@ledger/events';
import { chooseCouncils, exactly, othersWithin, type Council } from './choose-councils';
import { clash, coursesOf, type Course, type LeadershipOffer } from './courses';
import { quarterOf, yearStart } from './dates';
import { partyOf } from './people';
import type { SeededRandom } from './random';
import type { SampleRecord } from './sample-record';
import type { Setting } from './setting';

const attending = 649;
/** With them there are 731 attendances: more than 700, which is not the number of councillors. */
const furtherAttendances = 82;
const onTwoCouncils = 9;
const nextGeneration = 64;
const onlyBooked = 60;
const gaveUp = 15;
/** Places booked, and not taken, by councillors who attended something else. */
const missed = 25;

type PlaceData = EventData<'PlaceBooked'>;

interface Councillor {
  readonly person: string;
  readonly council: Council;
  readonly party: Party;
}

/** How far a place on a course got. */
type Outcome = 'attended' | 'completed' | 'missed' | 'given up';

interface Place {
  readonly councillor: Councillor;
  readonly course: Course;
  readonly outcome: Outcome;
}

const completing: Readonly<Record<LeadershipOffer, number>> = {
  'leadership-academy': 75,
  'leadership-essentials': 50,
  'next-generation': 70,
};

/** 233 councils: London highest and Yorkshire and The Humber lowest by share. */
function participatingCouncils({ councils, randomFor }: Setting): Council[] {
  return chooseCouncils(randomFor('leadership-councils'), councils, 'leadership', {
    size: 233,
    quotas: [
      ...exactly('region', { London: 28, 'Yorkshire and The Humber': 12 }),
      ...othersWithin('region', councils, ['London', 'Yorkshire and The Humber'], [57, 80]),
    ],
  });
}

/** Those who attend: at least one of every council. */
function attendingCouncillors(
  setting: Setting,
  random: SeededRandom,
  councils: readonly Council[],
): Councillor[] {
  const seats = random.shuffled(councils);
  return Array.from({ length: attending }, (_, at) => {
    const council = seats[at] ?? random.pick(councils);
    return { person: setting.idOf('councillor', at), council, party: partyOf(random, council) };
  });
}

/** Councillors of a district who sit on its county's council too, as they appear under the county. */
function countySeats(
  { countyOf }: Setting,
  random: SeededRandom,
  councillors: readonly Councillor[],
  councils: readonly Council[],
): Councillor[] {
  const participating = new Map(councils.map((council) => [council.bodyId, council]));
  const twice = councillors.flatMap(({ council: district, ...councillor }) => {
    const county = participating.get(countyOf(district.bodyId) ?? '');
    return county === undefined ? [] : [{ ...councillor, council: county }];
  });
  return random.sample(twice, onTwoCouncils);
}

/** The first attendance of each: 64 on Next Generation, in the course of their party. */
function firstPlaces(
  random: SeededRandom,
  councillors: readonly Councillor[],
  courses: readonly Course[],
): Place[] {
  const forParty = new Map(
    courses.flatMap((course) => (course.party ? [[course.party, course] as const] : [])),
  );
  const open = courses.filter(({ party }) => party === undefined);
  const talented = new Set(
    random.sample(
      councillors.filter(({ party }) => forParty.has(party)),
      nextGeneration,
    ),
  );
  return councillors.map((councillor) => {
    const course = talented.has(councillor) ? forParty.get(councillor.party) : undefined;
    return attendance(random, councillor, course ?? random.pick(open));
  });
}

function attendance(random: SeededRandom, councillor: Councillor, course: Course): Place {
  return { councillor, course, outcome: random.chance(completing[course.offer]) ? 'completed' : 'attended' };
}

function furtherCourse(random: SeededRandom, courses: readonly Course[], before: Course | undefined): Course {
  return random.pick(
    courses.filter(
      (course) => course.party === undefined && (before === undefined || !clash(course, before)),
    ),
  );
}

/** All places of the year. */
function placesOf(setting: Setting): Place[] {
  const random = setting.randomFor('leadership');
  const councils = participatingCouncils(setting);
  const courses = coursesOf(setting.randomFor('courses'));
  const councillors = attendingCouncillors(setting, random, councils);
  const first = firstPlaces(random, councillors, courses);
  const firstOf = new Map(first.map(({ councillor, course }) => [councillor.person, course]));
  // Whoever is on a course of unknown date has no second one: it might have been at the same time.
  const dated = councillors.filter(({ person }) => firstOf.get(person)?.occurred.basis === 'stated');
  const county = countySeats(setting, random, dated, councils);
  const busy = new Set(county.map(({ person }) => person));
  const others = random.sample(
    dated.filter(({ person }) => !busy.has(person)),
    furtherAttendances - onTwoCouncils + missed,
  );
  const further = (councillor: Councillor): Course =>
    furtherCourse(random, courses, firstOf.get(councillor.person));
  const again = [...county, ...others.slice(missed)].map((councillor) =>
    attendance(random, councillor, further(councillor)),
  );
  const notTaken = others
    .slice(0, missed)
    .map((councillor): Place => ({ councillor, course: further(councillor), outcome: 'missed' }));
  return [...first, ...again, ...notTaken, ...neverAttended(setting, random, councils, courses)];
}

/** Those who only booked, half of them at councils from which nobody came: a booking is no attendance. */
function neverAttended(
  setting: Setting,
  random: SeededRandom,
  participating: readonly Council[],
  courses: readonly Course[],
): Place[] {
  const elsewhere = setting.councils.filter((council) => !participating.includes(council));
  return Array.from({ length: onlyBooked }, (_, at) => {
    const council = random.pick(at % 2 === 0 ? participating : elsewhere);
    const councillor = {
      person: setting.idOf('councillor', attending + at),
      council,
      party: partyOf(random, council),
    };
    return {
      councillor,
      course: furtherCourse(random, courses, undefined),
      outcome: at < gaveUp ? 'given up' : 'missed',
    };
  });
}

/** A single day some days before a course starts, in the year; of a course of unknown date nothing is known. */
function someDaysBefore({ from, basis, to }: Occurred, days: number): Occurred {
  if (basis === 'report-year') return { from, to, basis };
  const day = addDays(from, -days);
  const on = day < yearStart ? yearStart : day;
  return { from: on, to: on, basis };
}

/** What was recorded of a place: the booking, then what became of it. */
function recordsOf(setting: Setting, random: SeededRandom, place: Place, at: number): SampleRecord[] {
  const {
    councillor: { person, council, party },
    course: { offer, course, occurred },
    outcome,
  } = place;
  const activity = setting.idOf('place', at);
  const data = (when: Occurred): PlaceData => ({
    offer,
    occurred: when,
    person,
    body: council.bodyId,
    course,
    party,
  });
  const notice = random.between(10, 70);
  const booked = someDaysBefore(occurred, notice);
  const records: SampleRecord[] = [
    { quarter: quarterOf(booked), type: 'PlaceBooked', activity, data: data(booked) },
  ];
  if (outcome === 'given up') {
    const when = someDaysBefore(occurred, random.between(0, 7));
    records.push({ quarter: quarterOf(when), type: 'PlaceGivenUp', activity, data: data(when) });
  }
  const quarter = quarterOf(occurred);
  if (outcome === 'attended' || outcome === 'completed')
    records.push({ quarter, type: 'CouncillorTrained', activity, data: data(occurred) });
  if (outcome === 'completed')
    records.push({ quarter, type: 'CourseCompleted', activity, data: data(occurred) });
  return records;
}

/** The places on leadership courses: booked, attended, completed, given up. */
export function leadership(setting: Setting): SampleRecord[] {
  const random = setting.randomFor('bookings');
  return placesOf(setting).flatMap((place, at) => recordsOf(setting, random, place, at));
}
