import { streamOf, type EventData } from '@ledger/events';
import { dateOf, lastContentDay, recordedOn, workingDay, yearLabelOf } from '../days';
import { courseOffers } from '../offers';
import type { Setting } from '../setting';
import { correction, fateOf, monthsLater, withdrawal, type Life, type LifeParts, type Step } from './life';

type Place = EventData<'CouncillorTrained'>;

const subjects = [
  'Finance',
  'Scrutiny',
  'Planning',
  "Children's services",
  'Health and wellbeing',
  'Communications',
  'Housing and homelessness',
  'Climate and environment',
  'Leading without a majority',
  'Chairing',
  'Digital and data',
  'Community safety',
];

interface Course {
  readonly offer: string;
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

/** A course of a week: everybody on it has its name and its days. */
function courseOf(setting: Setting, week: number, number: number): Course {
  const random = setting.seeded.random('course', week * setting.coursesOfAWeek + number);
  const offer = random.pick(courseOffers);
  const from = workingDay(week * 7 + random.below(5));
  const label = `${setting.offerLabel(offer)}: ${random.pick(subjects)}, programme ${random.between(1, 40)} of ${yearLabelOf(from)}`;
  return { offer, label, from, to: from + random.below(3) };
}

const on = (from: number, to: number): Place['occurred'] => ({
  from: dateOf(from),
  to: dateOf(to),
  basis: 'stated',
});

/** The place put right: another party, another council, or another day. */
function putRight(parts: LifeParts, place: Place, course: Course): Life['steps'][number]['event'] {
  const { setting, random } = parts;
  const how = random.below(3);
  const content =
    how === 0
      ? ({ ...place, party: place.party === 'Independent' ? 'Other' : 'Independent' } as const)
      : how === 1
        ? { ...place, body: setting.council(random.below(setting.bodies.councils.length), course.from).id }
        : { ...place, occurred: on(course.to, course.to) };
  const reason = (['late-information', 'wrong-body', 'wrong-date'] as const)[how] ?? 'other';
  return correction(parts, { revision: 1, content: { type: 'CouncillorTrained', data: content }, reason });
}

/** A place on a course: booked, attended some weeks later, and every second one completed some weeks after that. */
export function attendanceLife(parts: LifeParts): Life {
  const { setting, random, index, base } = parts;
  const week = Math.floor((base + random.between(14, 80)) / 7);
  const course = courseOf(setting, week, random.below(setting.coursesOfAWeek));
  const person = setting.person(random.below(setting.proportions.persons));
  const council = random.pick(person.councils);
  const place = (from: number, to: number): Place => ({
    offer: course.offer,
    person: person.id,
    body: setting.council(council, from).id,
    course: course.label,
    party: person.party,
    occurred: on(from, to),
  });
  const booked = recordedOn(base + random.between(0, 10), base);
  const attended = recordedOn(course.to + random.between(1, 21), booked);
  const attendance = place(course.from, course.to);
  const steps: Step[] = [
    { recorded: booked, event: { type: 'PlaceBooked', data: place(base, base) } },
    { recorded: attended, event: { type: 'CouncillorTrained', data: attendance } },
  ];
  let last = attended;
  if (index % 2 === 0) {
    const ended = Math.max(course.to, Math.min(course.to + random.between(14, 90), lastContentDay));
    last = recordedOn(ended + random.between(1, 30), last);
    steps.push({ recorded: last, event: { type: 'CourseCompleted', data: place(ended, ended) } });
  }
  const fate = fateOf('attendance', index);
  if (fate !== 'kept')
    steps.push({
      recorded: monthsLater(parts, last),
      event: fate === 'corrected' ? putRight(parts, attendance, course) : withdrawal(parts),
    });
  return { stream: streamOf('activity', setting.seeded.id('attendance', index)), steps };
}
