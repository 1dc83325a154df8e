import {
  financialYearOf,
  financialYearSpan,
  isFinancialYear,
  nextFinancialYear,
  quarterSpan,
} from '@ledger/calendar';
import type { LedgerEvent } from '@ledger/events';
import { spanOfContent } from '../deciders/content-rules';
import type { Fault } from '../deciders/refusal';
import type { LineKind } from '../lines/line';
import { linesOf } from '../lines/lines';
import type { Thing } from '../things/thing';
import type { Closing, PeriodOfYear } from './period-of-year';
import { partInWords, stateInWords } from './period-words';

/** What is known of closings where a record is changed. */
export interface ClosedTime {
  /** The periods of the years that the change touches; a year that is not there is open. */
  readonly periods: ReadonlyMap<number, PeriodOfYear>;
  /** The programme of an offer now; undefined where nobody declared it. */
  readonly programmeOf: (offer: string) => string | undefined;
}

interface Dated {
  readonly from: string;
  readonly to: string;
  /** The field of the content that dates it. */
  readonly path: string;
}

/**
 * The times a content is dated in: when it happened, the years its amounts are of, the year a deliverable is of. A figure brought forward is
 * dated in none: it says what a document says, and documents about a year come out after it is closed.
 */
function datedParts(event: LedgerEvent): readonly Dated[] {
  const span = spanOfContent(event);
  const parts: Dated[] = span === undefined ? [] : [span];
  if (event.type === 'DeliverableAgreed')
    return isFinancialYear(event.data.year) ? [{ ...financialYearSpan(event.data.year), path: 'year' }] : [];
  if (event.type === 'SavingsRecorded')
    event.data.amounts.forEach(({ fromYear, toYear }, at) => {
      if (isFinancialYear(fromYear) && isFinancialYear(toYear))
        parts.push({
          from: financialYearSpan(fromYear).from,
          to: financialYearSpan(toYear).to,
          path: `amounts[${at}]`,
        });
    });
  return parts;
}

/** More years than any real span touches: a guard against spans of centuries. */
const mostYears = 200;
/** Memberships that are older are looked at from here on, or the guard would leave out the years that are closed. */
const oldestDay = '1900-04-01';

/** The years that a content is dated in: of a membership all from its first day on, since it goes on through them. */
export function yearsDated(event: LedgerEvent, today: string): number[] {
  const years = new Set<number>();
  const isMembership = event.type === 'MembershipStarted' || event.type === 'MembershipEnded';
  for (const { from, to } of datedParts(event)) {
    const first = financialYearOf(isMembership && from < oldestDay ? oldestDay : from);
    const last = financialYearOf(isMembership && to < today ? today : to);
    for (let year = first; year <= last && years.size < mostYears; year = nextFinancialYear(year))
      years.add(year);
  }
  return [...years];
}

/** A content that a change brings, takes or alters, with whether it is what the record says afterwards. */
interface ChangedContent {
  readonly event: LedgerEvent;
  readonly now: boolean;
}

function inForce(thing: Thing): ReadonlyMap<string, LedgerEvent> {
  if (thing.withdrawn || thing.mergedInto !== null) return new Map();
  return new Map(
    thing.contents.flatMap(({ eventId, event, withdrawn }) => (withdrawn ? [] : [[eventId, event] as const])),
  );
}

/** The contents that come, go or change between two states of a record; of what changes, as it was and as it is. */
export function contentsChanged(before: Thing, after: Thing): readonly ChangedContent[] {
  const [had, has] = [inForce(before), inForce(after)];
  const gone = [...had].flatMap(([id, event]) => (has.get(id) === event ? [] : [{ event, now: false }]));
  const come = [...has].flatMap(([id, event]) => (had.get(id) === event ? [] : [{ event, now: true }]));
  return [...come, ...gone];
}

/** What a record says was delivered, by year: of a claim that stands. */
function deliveriesInForce({ claim, withdrawn }: Thing): ReadonlyMap<number, string> {
  if (claim === null || withdrawn) return new Map();
  return new Map(claim.deliveries.map((delivery) => [delivery.year, JSON.stringify(delivery)]));
}

/** The years whose delivery comes, goes or changes between two states of a claim. */
function deliveriesChanged(before: Thing, after: Thing): number[] {
  const [had, has] = [deliveriesInForce(before), deliveriesInForce(after)];
  return [...new Set([...had.keys(), ...has.keys()])].filter((year) => had.get(year) !== has.get(year));
}

/** Whether what is verified of a year, or has lapsed in it, changes. No closing binds that; a list of changes shows it. */
function verificationChanged(before: Thing, after: Thing, year: number): boolean {
  const verified = ({ claim, withdrawn }: Thing): string =>
    JSON.stringify(
      withdrawn || claim === null
        ? [[], false]
        : [
            claim.verified.filter((one) => one.year === year),
            claim.lapsedFrom !== null && claim.lapsedFrom <= year,
          ],
    );
  return verified(before) !== verified(after);
}

/** Whether what a claim delivered in a year, or what is verified of it, changes. */
export function claimChangedIn(before: Thing, after: Thing, year: number): boolean {
  return deliveriesChanged(before, after).includes(year) || verificationChanged(before, after, year);
}

/** The years that a change of a record is dated in: those whose closings have to be known. */
export function yearsChanged(before: Thing, after: Thing, today: string): readonly number[] {
  const ofContents = contentsChanged(before, after).flatMap(({ event }) => yearsDated(event, today));
  return [...new Set([...ofContents, ...deliveriesChanged(before, after)])];
}

/** The strongest closing that covers a quarter for an offer, if any does. */
function closingOf(
  { periods, programmeOf }: ClosedTime,
  offer: string | null,
  year: number,
  quarter: number,
): Closing | undefined {
  const programme = offer === null ? undefined : programmeOf(offer);
  const covering = [...(periods.get(year)?.closings.values() ?? [])].filter(
    (closing) =>
      (closing.quarter === null || closing.quarter === quarter) &&
      (closing.programme === null ||
        closing.programme === programme ||
        (offer !== null && closing.offers.has(offer))),
  );
  return covering.find(({ state }) => state === 'final') ?? covering[0];
}

/** The closing in which a span lies wholly; undefined where any quarter that it touches is open. */
function closingAround(
  closed: ClosedTime,
  offer: string | null,
  { from, to }: Omit<Dated, 'path'>,
): (Closing & { readonly year: number }) | undefined {
  let last: (Closing & { readonly year: number }) | undefined;
  const lastYear = financialYearOf(to);
  for (let year = financialYearOf(from); year <= lastYear; year = nextFinancialYear(year)) {
    if (!closed.periods.has(year)) return undefined;
    for (const quarter of [1, 2, 3, 4]) {
      const span = quarterSpan(year, quarter);
      if (span.to < from || span.from > to) continue;
      const closing = closingOf(closed, offer, year, quarter);
      if (closing === undefined) return undefined;
      last = { ...closing, year };
    }
  }
  return last;
}

const remedies = {
  final: 'propose an adjustment, which a second person approves',
  provisional: 'have it reopened, or propose an adjustment, which a second person approves',
} as const;

function closedFault(path: string, what: string, closing: Closing & { readonly year: number }): Fault {
  const where = `${partInWords(closing.year, closing)} is ${stateInWords[closing.state]}`;
  return { code: 'closed-time', path, message: `${what}, and ${where}; ${remedies[closing.state]}` };
}

/** The offer of a content; a rating is of the offer of its deliverable. */
function offerOf({ data }: LedgerEvent, { contents }: Thing): string | null {
  if ('offer' in data) return data.offer ?? null;
  const agreed = contents.find(({ event }) => event.type === 'DeliverableAgreed')?.event;
  return agreed?.type === 'DeliverableAgreed' ? (agreed.data.offer ?? null) : null;
}

/** Lines that are levels from a day on. A deliverable and its target are of a whole year, and dated in it. */
const levels: ReadonlySet<LineKind> = new Set(['membership', 'rating', 'achieved']);

/** Which levels of a record hold on a day, as a text that is the same where they are. */
function levelsOn(thing: Thing, day: string): string {
  const held = linesOf(thing).filter(({ kind, from, to }) => levels.has(kind) && from <= day && day <= to);
  return JSON.stringify(
    held.map(({ kind, body, offer, subject, quantity }) => [kind, body, offer, subject, quantity]),
  );
}

/** A level (a membership, a rating) may not change on the last day of what is closed, however far it reaches beyond. */
function levelFaults(before: Thing, after: Thing, closed: ClosedTime): Fault[] {
  const [first] = [...after.contents, ...before.contents];
  if (first === undefined) return [];
  const offer = offerOf(first.event, after);
  for (const year of closed.periods.keys())
    for (const quarter of [1, 2, 3, 4]) {
      const closing = closingOf(closed, offer, year, quarter);
      const day = quarterSpan(year, quarter).to;
      if (closing !== undefined && levelsOn(before, day) !== levelsOn(after, day))
        return [closedFault('data', `this changes what was true on ${day}`, { ...closing, year })];
    }
  return [];
}

/** Amounts are bound by the closing of their year, and so is what was delivered in it; assurance is not. */
function deliveryFaults(before: Thing, after: Thing, closed: ClosedTime): Fault[] {
  const [first] = [...after.contents, ...before.contents];
  if (first === undefined) return [];
  const offer = offerOf(first.event, after);
  return deliveriesChanged(before, after).flatMap((year) => {
    const closing = closingAround(closed, offer, financialYearSpan(year));
    return closing === undefined
      ? []
      : [closedFault('year', 'what is delivered lies in closed time', closing)];
  });
}

/**
 * What a change to a record does in closed time. **Rule**: what lies wholly in closed time is neither recorded nor
 * changed, by whatever route; what only overlaps it is.
 */
export function closedTimeFaults(before: Thing, after: Thing, closed: ClosedTime): readonly Fault[] {
  if ([...closed.periods.values()].every(({ closings }) => closings.size === 0)) return [];
  const faults = contentsChanged(before, after).flatMap(({ event, now }) => {
    const offer = offerOf(event, after);
    return datedParts(event).flatMap((dated) => {
      const closing = closingAround(closed, offer, dated);
      if (closing === undefined) return [];
      const what = `${now ? 'it lies' : 'what the record says lies'} wholly in closed time`;
      return [closedFault(now ? `data.${dated.path}` : 'id', what, closing)];
    });
  });
  faults.push(...deliveryFaults(before, after, closed));
  return faults.length > 0 ? faults : levelFaults(before, after, closed);
}
