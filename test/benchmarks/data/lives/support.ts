import { financialYearSpan } from '@ledger/calendar';
import { streamOf, type BodyInRole, type LedgerEvent, type Occurred } from '@ledger/events';
import { dateOf, dayOf, recordedOn, yearOf } from '../days';
import { correction, fateOf, monthsLater, withdrawal, type Life, type LifeParts, type Step } from './life';

const work = [
  'Review of',
  'Advice on',
  'Expert placed for',
  'Workshop on',
  'Mentoring about',
  'Diagnostic of',
  'Project on',
  'Follow-up visit on',
];
const about = [
  'adult social care',
  'procurement',
  'commercial income',
  'the medium-term financial plan',
  'cyber security',
  'shared services',
  'waste collection',
  'housing delivery',
  'pay and grading',
  'local growth',
  'scrutiny',
  'customer contact',
  'apprenticeships',
  'homelessness',
  'data quality',
  'the workforce plan',
];
const cohorts = ['spring', 'summer', 'autumn', 'winter'];

interface When {
  readonly occurred: Occurred;
  /** The days it lies between, for asking who existed. */
  readonly from: number;
  readonly to: number;
}

/** Days or weeks before the base day; of some only the financial year is known, and that is recorded after it ended. */
function whenOf({ random, base }: LifeParts): When {
  if (random.percent(12)) {
    const { from, to } = financialYearSpan(yearOf(base));
    return { occurred: { from, to, basis: 'report-year' }, from: base, to: dayOf(to) };
  }
  const from = base - random.weighted([
    [50, random.below(3)],
    [35, random.between(3, 40)],
    [15, random.between(40, 120)],
  ]);
  return { occurred: { from: dateOf(from), to: dateOf(base), basis: 'stated' }, from, to: base };
}

/** The bodies supported, each once, and sometimes one that helped. */
function bodiesOf({ setting, random }: LifeParts, { from, to }: When): BodyInRole[] {
  const count = random.weighted([
    [72, 1],
    [20, random.between(2, 4)],
    [8, random.between(5, 12)],
  ]);
  const recipients = new Set<string>();
  for (let draw = 0; draw < count; draw++)
    recipients.add(setting.bodies.anyBody(random.below(setting.bodies.bodies.length), from, to).id);
  const bodies: BodyInRole[] = [...recipients].map((body) => ({ body, role: 'recipient' }));
  if (random.percent(15)) {
    const body = setting.bodies.anyBody(random.below(setting.bodies.bodies.length), from, to).id;
    bodies.push({ body, role: random.pick(['provider', 'partner', 'host', 'venue'] as const) });
  }
  return bodies;
}

function contentOf(parts: LifeParts): LedgerEvent {
  const { setting, random } = parts;
  const when = whenOf(parts);
  const common = { offer: random.pick(setting.offers.support), occurred: when.occurred };
  const bodies = bodiesOf(parts, when);
  const body = bodies[0]?.body ?? '';
  const person = setting.person(random.below(setting.proportions.persons)).id;
  const title = `${random.pick(work)} ${random.pick(about)}, ${random.between(1, 900)}`;
  switch (random.weighted([
    [82, 'support'],
    [8, 'officer'],
    [4, 'event'],
    [3, 'graduate'],
    [3, 'grant'],
  ])) {
    case 'officer':
      return { type: 'OfficerDeveloped', data: { ...common, person, body, course: title } };
    case 'event':
      return { type: 'EventHeld', data: { ...common, title, bodies, attendees: random.between(8, 400) } };
    case 'graduate':
      return {
        type: 'GraduatePlaced',
        data: { ...common, person, body, cohort: `${random.pick(cohorts)} cohort` },
      };
    case 'grant':
      return {
        type: 'GrantAwarded',
        data: { ...common, title, bodies, pence: random.between(5, 400) * 50_000 },
      };
    default:
      return { type: 'SupportProvided', data: { ...common, title, bodies } };
  }
}

/** The record put right: another offer, or a day earlier. */
function putRight(parts: LifeParts, content: LedgerEvent): LedgerEvent {
  const { setting, random } = parts;
  const { data } = content;
  if (!('occurred' in data) || !('offer' in data)) return content;
  const { occurred } = data;
  const changed =
    random.percent(50) || occurred.basis === 'report-year'
      ? { ...data, offer: random.pick(setting.offers.support) }
      : { ...data, occurred: { ...occurred, to: occurred.from } };
  // Only values of the same kind were replaced.
  return { type: content.type, data: changed } as LedgerEvent;
}

/** Support of one kind or another: recorded days or weeks after it ended. */
export function supportLife(parts: LifeParts): Life {
  const { setting, random, index, base } = parts;
  const content = contentOf(parts);
  const ended = 'occurred' in content.data ? dayOf(content.data.occurred.to) : base;
  const recorded = recordedOn(ended + random.between(1, 45), base);
  const steps: Step[] = [{ recorded, event: content }];
  const fate = fateOf('support', index);
  if (fate === 'corrected') {
    const put = putRight(parts, content);
    const reason = random.percent(50) ? 'typing-error' : 'wrong-offer';
    steps.push({
      recorded: monthsLater(parts, recorded),
      event: correction(parts, { revision: 0, content: put, reason }),
    });
  } else if (fate === 'withdrawn')
    steps.push({ recorded: monthsLater(parts, recorded), event: withdrawal(parts) });
  return { stream: streamOf('activity', setting.seeded.id('support', index)), steps };
}
