import { addDays, financialYearLabel, financialYearSpan } from '@ledger/calendar';
import { Register, shippedRegister, type BodyFact } from '@ledger/councils';
import { isThingKind, type DecidedEvent, type ThingKind } from '@ledger/domain';
import { derivedId, eventDefinitions, streamOf, type EventType, type LedgerEvent } from '@ledger/events';
import { catalogueEntries, offersOf201920 } from '../catalogue/catalogue-events';
import { illustrativeYear } from '../illustrative/illustrative-year';
import { illustrativeInput } from '../illustrative/setting';
import { illustrative201920 } from '../illustrative/year-2019-20/illustrative-2019-20';
import { namedRecords } from '../named-activities/named-records';
import { otherBodyRegistrations } from '../named-activities/other-bodies';
import { publishedFigures } from '../published-figures/published-figures';
import { importIdOf, importOf } from './import-of';
import { lateCorrections } from './late-corrections';
import type { ScheduledAppend, ScheduledEvent } from './scheduled-append';

/**
 * The number of the schedule below. A schedule is never slipped into an old ledger: a change of it is a new
 * number, which makes a new demonstration ledger.
 */
export const scheduleNumber = 2;

/** The simulated day on which a demonstration ledger opens. */
const firstDay = '2016-04-01';

function opening(full: boolean): ScheduledAppend {
  const ledger = derivedId('ledger', full ? 'demonstration' : 'empty', String(scheduleNumber));
  const data = {
    ledger,
    purpose: 'demonstration',
    clock: 'simulated',
    ...(full && { schedule: scheduleNumber }),
  } as const;
  return {
    key: 'opening',
    day: firstDay,
    label: 'Ledger opened',
    events: [
      {
        stream: 'ledger',
        id: derivedId('demonstration-event', 'opened'),
        event: { type: 'LedgerOpened', data },
      },
    ],
  };
}

/** Register and catalogue: facts of the register may lie in the future of the day they are loaded on. */
function reference(): ScheduledAppend[] {
  const register: ScheduledEvent[] = shippedRegister().map(({ stream, eventId, type, data }) => ({
    stream,
    id: eventId,
    // Validated against the type's schema when the file was read.
    event: { type, data } as unknown as DecidedEvent,
  }));
  const others: ScheduledEvent[] = otherBodyRegistrations().map(({ id, data }) => ({
    stream: streamOf('body', id),
    id: derivedId('demonstration-event', 'body', id),
    event: { type: 'BodyRegistered', data },
  }));
  const catalogue: ScheduledEvent[] = catalogueEntries().map(({ stream, event }) => ({
    stream,
    id: derivedId('demonstration-event', stream),
    event,
  }));
  return [
    importOf('register', firstDay, 'Register of councils', [...register, ...others]),
    { key: 'catalogue', day: firstDay, label: 'Catalogue of offers and measures', events: catalogue },
  ];
}

/** The register as the schedule loads it, for making the illustrative year. */
export function scheduledRegister(): Register {
  const facts: BodyFact[] = shippedRegister().map(({ eventId, bodyId, type, data }, at) => ({
    position: BigInt(at + 1),
    eventId,
    bodyId,
    // Validated against the type's schema when the file was read.
    event: { type, data } as unknown as LedgerEvent,
  }));
  return Register.fromFacts(facts);
}

/** An invented record of any year. */
type Invented = DecidedEvent & { readonly quarter: number; readonly activity: string };

/** Invented records as events of the streams they stand in. */
function sampleEvents(records: readonly Invented[], sample: string): Omit<ScheduledEvent, 'import'>[] {
  const steps = new Map<string, number>();
  return records.map(({ type, activity, data }) => {
    const step = steps.get(activity) ?? 0;
    steps.set(activity, step + 1);
    const stream = streamOf(streamKindOf(type), activity);
    const id = derivedId('sample-event', sample, activity, type, String(step));
    // A sample record is a type with the data of that type.
    return { stream, id, event: { type, data } as DecidedEvent, illustrative: true as const };
  });
}

function streamKindOf(type: EventType): ThingKind {
  const [kind] = eventDefinitions[type].streams;
  if (!isThingKind(kind)) throw new RangeError(`${type} opens no record`);
  return kind;
}

/** The name of a sample and of its four imports, which are reversed together. */
function sampleName(year: number, seed: number): string {
  return `sample-${year}-${seed}`;
}

export function sampleImportIds(year: number, seed: number): readonly string[] {
  return [1, 2, 3, 4].map((quarter) => importIdOf(`${sampleName(year, seed)}-q${quarter}`));
}

/** The days on which the quarterly imports of an illustrative year come in: soon after each quarter's end. */
const quarterDays = ['2016-07-04', '2016-10-03', '2017-01-03', '2017-04-03'] as const;
/** What the half-year report of 2019/20 counts was recorded by the last day of the half-year. */
const quarterDays201920 = ['2019-07-02', '2019-09-30', '2020-01-06', '2020-04-02'] as const;

/** The invented records of a year as its four quarterly imports. */
function sampleImports(
  year: number,
  seed: number,
  records: readonly Invented[],
  days: readonly string[],
): ScheduledAppend[] {
  const name = sampleName(year, seed);
  const events = sampleEvents(records, name);
  return days.map((day, at) =>
    importOf(
      `${name}-q${at + 1}`,
      day,
      `Illustrative ${financialYearLabel(year)}, quarter ${at + 1}`,
      events.filter((_, index) => records[index]?.quarter === at + 1),
    ),
  );
}

function illustrative(): ScheduledAppend[] {
  const seed = 1;
  const register = scheduledRegister();
  const records = illustrativeYear(illustrativeInput(register, seed));
  const challengedBefore = new Set(
    records.flatMap(({ type, data }) =>
      type === 'PeerChallengeDelivered' && data.offer === 'corporate-peer-challenge'
        ? data.bodies.map(({ body }) => body)
        : [],
    ),
  );
  const later = illustrative201920({ register, seed, challengedBefore, offers: offersOf201920() });
  return [
    ...sampleImports(201617, seed, records, quarterDays),
    ...sampleImports(201920, seed, later, quarterDays201920),
  ];
}

/** The reports' named activities come in after they ended: those of a whole year in the April after. */
function named(): ScheduledAppend[] {
  const byDay = new Map<string, ScheduledEvent[]>();
  for (const { id, event, to } of namedRecords()) {
    const day = addDays(to, to.endsWith('03-31') ? 10 : 1);
    const stream = streamOf(event.type === 'SavingsRecorded' ? 'claim' : 'activity', id);
    byDay.set(day, [
      ...(byDay.get(day) ?? []),
      { stream, id: derivedId('demonstration-event', stream), event },
    ]);
  }
  return [...byDay].map(([day, events]) =>
    importOf(`named-${day}`, day, 'Activities named in the reports', events),
  );
}

/** Each report's figures come in on 30 June after its year. */
function figures(): ScheduledAppend[] {
  const byDocument = new Map<string, ScheduledEvent[]>();
  const years = new Map<string, number>();
  for (const figure of publishedFigures()) {
    const id = derivedId('figure', figure.figure);
    const event = {
      stream: streamOf('observation', id),
      id: derivedId('demonstration-event', 'figure', figure.figure),
    };
    const known = byDocument.get(figure.document) ?? [];
    byDocument.set(figure.document, known);
    known.push({ ...event, event: { type: 'FigureBroughtForward', data: figure } });
    years.set(figure.document, Math.max(years.get(figure.document) ?? 0, figure.financialYear));
  }
  return [...byDocument].map(([document, events]) => {
    const day = `${financialYearSpan(years.get(document) ?? 0).to.slice(0, 4)}-06-30`;
    return importOf(
      `figures-${document.replace(/\W+/g, '-').toLowerCase()}`,
      day,
      `Figures of the ${document}`,
      events,
    );
  });
}

/**
 * Everything a demonstration ledger holds, in the order of its simulated days.
 * @param full false for an empty one: register and catalogue only
 */
export function demonstrationSchedule(full: boolean): readonly ScheduledAppend[] {
  const first = [opening(full), ...reference()];
  if (!full) return first;
  const later = [...illustrative(), ...named(), ...figures(), ...lateCorrections()];
  // The sort is stable, so what comes on one day keeps the order above.
  return [...first, ...later.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))];
}
