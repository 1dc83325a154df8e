import { financialYearOf } from '@ledger/calendar';
import { shippedRegister } from '@ledger/councils';
import { derivedId, eventDefinitions } from '@ledger/events';
import type { DecidedEvent } from '@ledger/domain';
import { otherBodies, otherBodyId, type OtherBody } from './other-bodies';
import type { NamedThing } from './named-thing';
import { namedThings } from './table';

/** A record of the reports' named activities. */
export interface NamedRecord {
  readonly id: string;
  readonly event: DecidedEvent;
  /** The last day of it: records come into the ledger after that. */
  readonly to: string;
}

function isOtherBody(name: string): name is OtherBody {
  return Object.hasOwn(otherBodies, name);
}

/** Councils of the shipped register by any GSS code they ever had. */
function councilsByCode(): ReadonlyMap<string, string> {
  const byCode = new Map<string, string>();
  for (const { type, data, bodyId } of shippedRegister()) {
    if (type === 'CodeAssigned') byCode.set(String(data['code']), bodyId);
    if (type !== 'BodyRegistered') continue;
    const { codes } = eventDefinitions.BodyRegistered.data.parse(data);
    for (const { system, code } of codes) if (system === 'gss') byCode.set(code, bodyId);
  }
  return byCode;
}

function contentOf(thing: NamedThing, idOf: (name: string) => string): unknown {
  const { offer, title, from, to, reportYear } = thing;
  const bodies = thing.bodies.map(([name, role]) => ({ body: idOf(name), role }));
  const common = {
    offer,
    title,
    occurred: { from, to, basis: reportYear === true ? 'report-year' : 'stated' },
  };
  switch (thing.type) {
    case 'SupportProvided':
    case 'PeerChallengeDelivered':
      return { ...common, bodies };
    case 'EventHeld': {
      const { attendees } = thing;
      return {
        ...common,
        ...(bodies.length > 0 && { bodies }),
        ...(attendees !== undefined && { attendees }),
      };
    }
    case 'GrantAwarded':
      return { ...common, bodies, pence: thing.pounds * 100 };
    case 'SavingsRecorded': {
      const { gainType, realisation, service, project, pounds, qualifier } = thing;
      const fromYear = financialYearOf(from);
      const basis = realisation === 'delivered' ? 'actual' : 'forecast';
      return {
        ...common,
        bodies,
        gainType,
        realisation,
        amounts: [{ fromYear, toYear: thing.toYear ?? fromYear, basis, grossPence: pounds * 100, qualifier }],
        recurrence: 'not stated',
        ...(service !== undefined && { service }),
        ...(project !== undefined && { project }),
        source: 'sector-led improvement reports',
        method: 'not stated',
      };
    }
    default: {
      const never: never = thing;
      return never;
    }
  }
}

/** The records that the reports' named activities make. */
export function namedRecords(): readonly NamedRecord[] {
  const councils = councilsByCode();
  const idOf = (name: string): string => {
    const id = isOtherBody(name) ? otherBodyId(name) : councils.get(name);
    if (id === undefined)
      throw new RangeError(`The named activities speak of ${name}, which the register does not hold`);
    return id;
  };
  return namedThings.map((thing) => {
    const data = eventDefinitions[thing.type].data.parse(contentOf(thing, idOf));
    // The schema of the type has just accepted the data.
    return {
      id: derivedId('named-activity', thing.rows[0] ?? ''),
      event: { type: thing.type, data } as DecidedEvent,
      to: thing.to,
    };
  });
}
