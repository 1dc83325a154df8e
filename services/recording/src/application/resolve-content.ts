import type { BodyMatcher } from '@ledger/councils';
import { DecisionRefused, type Fault } from '@ledger/domain';
import { eventDefinitions, type EventType, type LedgerEvent } from '@ledger/events';
import { matcherOf, type Reference } from './reference';
import { schemaFaults } from './faults';

type Data = Readonly<Record<string, unknown>>;
type LookUpBody = BodyMatcher['resolve'];

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The day at which names are meant: the first on which it happened, as sent; today where that is no day. */
export function dayOf(data: Data, today: string): string {
  const { occurred, from, on, upTo } = data;
  const day = isData(occurred) ? occurred['from'] : (from ?? on ?? upTo);
  return typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : today;
}

/** Replaces names and codes of bodies by their ids; what cannot be replaced is a fault with the nearest answers. */
function withBodies(
  data: Data,
  { register }: Reference,
  today: string,
  lookUp: LookUpBody,
  faults: Fault[],
): Data {
  const day = dayOf(data, today);
  const resolve = (value: unknown, path: string): unknown => {
    if (typeof value !== 'string') return value;
    const resolution = lookUp(value, day);
    if (resolution.found) return resolution.bodyId;
    // A known id that does not exist on that one day may exist on another day of the span: the rules decide.
    if (register.body(value) !== undefined) return value;
    faults.push({ code: 'body-known', path, message: resolution.problem });
    return value;
  };
  const inList = (list: unknown, field: string, path: string): unknown =>
    Array.isArray(list)
      ? list.map((item: unknown, at) =>
          isData(item) && item[field] !== undefined
            ? { ...item, [field]: resolve(item[field], `${path}[${at}].${field}`) }
            : item,
        )
      : list;
  return {
    ...data,
    ...(data['body'] !== undefined && { body: resolve(data['body'], 'data.body') }),
    ...(data['bodies'] !== undefined && { bodies: inList(data['bodies'], 'body', 'data.bodies') }),
    ...(data['team'] !== undefined && { team: inList(data['team'], 'home', 'data.team') }),
  };
}

/** Which level counts goes onto each activity of a hierarchy, so that its lines follow from it alone (A12). */
function withCountedLevel(data: Data, { catalogue }: Reference): Data {
  const { offer, level, countedLevel } = data;
  if (level === undefined || countedLevel !== undefined || typeof offer !== 'string') return data;
  const counted = catalogue.offers.get(offer)?.countedLevel ?? null;
  return counted === null ? data : { ...data, countedLevel: counted };
}

/**
 * Content as it was sent, with names turned into ids and checked against the schema of its type.
 * @param lookUp for those who have looked up many names already, and remember them
 * @throws DecisionRefused with paths from `data` on
 */
export function resolveContent(
  type: EventType,
  sent: Data,
  reference: Reference,
  today: string,
  lookUp: LookUpBody = (text, day) => matcherOf(reference.register).resolve(text, day),
): LedgerEvent {
  const faults: Fault[] = [];
  const data = withBodies(sent, reference, today, lookUp, faults);
  const checked = eventDefinitions[type].data.safeParse(data, { reportInput: true });
  if (!checked.success) {
    // A name that was not found is said once, not again as "must be a UUID".
    const known = new Set(faults.map(({ path }) => path));
    faults.push(...schemaFaults(checked.error, 'data').filter(({ path }) => !known.has(path)));
  }
  if (faults.length > 0 || !checked.success) throw new DecisionRefused(faults);
  // The schema of the type has just accepted the data; a level that counts stands only where a level does.
  return { type, data: withCountedLevel(checked.data, reference) } as LedgerEvent;
}
