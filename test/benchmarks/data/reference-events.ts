import { controlOn, Register, type Body } from '@ledger/councils';
import { derivedId, type LedgerEvent } from '@ledger/events';
import { realRegister, type BodyFactOf } from './bodies';
import type { DataSet } from './data-set';
import { dateOf, dayOf, lastContentDay, lastRecordingDay, recordedOn } from './days';
import type { Setting } from './setting';

/** An event about the ledger, its catalogue or its bodies, with the day on which it is recorded. */
export interface ReferenceEvent {
  readonly recorded: number;
  readonly stream: string;
  readonly id: string;
  readonly event: LedgerEvent;
}

/** The ledger of the data set: a live one, so that a server can be started on it. */
export function benchLedgerId({ events, seed, bodies }: DataSet): string {
  const parts = [events, seed, ...(bodies === undefined ? [] : [bodies])];
  return derivedId('ledger', 'bench', ...parts.map(String));
}

/** The first events: what the ledger is, its catalogue, and its bodies. */
function openingEvents({ dataSet, seeded, offers, bodies }: Setting): ReferenceEvent[] {
  const ledger = benchLedgerId(dataSet);
  return [
    {
      recorded: 0,
      stream: 'ledger',
      id: seeded.id('reference', 0),
      event: { type: 'LedgerOpened', data: { ledger, purpose: 'live', clock: 'real' } },
    },
    ...offers.entries.map(({ stream, event }): ReferenceEvent => ({
      recorded: 0,
      stream,
      id: derivedId('bench-event', stream),
      event,
    })),
    ...bodies.registrations.map(fromRegister),
  ];
}

/** Facts of the register are recorded some days after they become true; those older than the ledger, at once. */
function fromRegister({ body, eventId, type, data, from }: BodyFactOf): ReferenceEvent {
  const day = from === null ? 0 : Math.max(0, dayOf(from));
  return {
    recorded: type === 'BodyRegistered' ? 0 : recordedOn(day === 0 ? 0 : day + 3, 0),
    stream: `body-${body}`,
    id: eventId,
    // Validated against the type's schema when the register was read.
    event: { type, data } as unknown as LedgerEvent,
  };
}

function registered(): ReadonlyMap<string, Body> {
  const facts = realRegister().map(({ eventId, bodyId, type, data }, at) => ({
    position: BigInt(at + 1),
    eventId,
    bodyId,
    event: { type, data } as unknown as LedgerEvent,
  }));
  return new Map([...Register.fromFacts(facts).bodies()].map((body) => [body.id, body]));
}

/** By-elections: who is in control stays, the number of seats changes. So many that the reference data are complete. */
function byElections({ seeded, bodies }: Setting, count: number): ReferenceEvent[] {
  const known = registered();
  return Array.from({ length: count }, (_, at) => {
    const random = seeded.random('reference', at + 1);
    const day = Math.floor((at * lastContentDay) / count);
    const date = dateOf(day);
    const council = bodies.council(random.below(bodies.councils.length), day);
    const body = known.get(council.id);
    const now = body === undefined ? 'unknown' : controlOn(body, date).control;
    const control = now === 'unknown' ? 'No overall control' : now;
    const seats = random.between(12, 60);
    return {
      recorded: recordedOn(day + random.between(1, 9), day),
      stream: `body-${council.id}`,
      id: seeded.id('reference', at + 1),
      event: {
        type: 'ControlRecorded',
        data: { control, from: date, seats, detail: 'By-election', source: 'benchmark data set' },
      },
    };
  });
}

/** All reference events, as many as the proportions or the bodies say; by the day on which they are recorded. */
export function referenceEvents(setting: Setting): ReadonlyMap<number, readonly ReferenceEvent[]> {
  const real = setting.bodies.laterFacts
    .filter(({ from }) => from === null || dayOf(from) + 3 <= lastRecordingDay)
    .map(fromRegister);
  const opening = openingEvents(setting);
  const count =
    setting.dataSet.bodies === undefined ? setting.proportions.reference - opening.length - real.length : 0;
  const byDay = new Map<number, ReferenceEvent[]>();
  for (const event of [...opening, ...real, ...byElections(setting, count)]) {
    const known = byDay.get(event.recorded);
    if (known === undefined) byDay.set(event.recorded, [event]);
    else known.push(event);
  }
  return byDay;
}
