import { financialYearSpan } from '@ledger/calendar';
import {
  holdsOn,
  lies,
  mayLie,
  type Evaluation,
  type Selection,
  type Span,
  type StandingLine,
  type TakeUpOf,
} from '@ledger/domain';
import type { RuleCited } from '../answers';
import type { Asking, Ground } from '../asking';
import { SelectedLines } from '../../lines/selected-lines';
import { ListedLines, type Lines } from '../lines';
import { checkOffers, countedLines, measureOf, ruleOf } from '../measure-evaluation';
import { selectionOf, selectLines } from '../select-lines';
import { SelectionRollUps } from '../selection-roll-ups';
import { partiesOf, partiesOfColumns, type Parties } from './take-up-by-party';

/** The roles in which a body is supported, unless a measure names its own (design section 6). */
const countedRoles = ['recipient', 'participant', 'member'] as const;
/** Kinds of line that name no body that was supported: then those of the same activities are meant. */
const withoutBodies = new Set<Selection['kinds'][number]>(['activity', 'attendees', 'grant', 'peer-days']);

/** The take-up rule, in words for the foot of a table. */
export const takeUpRule: RuleCited = {
  id: 'take-up/1',
  words:
    'Of the councils that exist on the reference date, grouped as they are on that date, the share with a record of the ' +
    'year in a role that counts (recipient, participant, member); each once, however often.',
};

/** The label of what take-up is asked of. @throws QuestionRefusedError where it is not in the catalogue */
export function labelOf(ground: Ground, of: TakeUpOf): string {
  if ('measure' in of) return measureOf(ground, of.measure).label;
  checkOffers(ground, of);
  if ('offer' in of) return ground.catalogue.offers.get(of.offer)?.label ?? of.offer;
  return ground.catalogue.programmes.get(of.programme)?.label ?? of.programme;
}

/** The lines that take-up of an offer or programme is asked of. */
function selectionOfOffers(of: Exclude<TakeUpOf, { readonly measure: string }>): Selection {
  const offers = 'offer' in of ? { offers: [of.offer] } : { programmes: [of.programme] };
  return { kinds: supportKinds, roles: [...countedRoles], ...offers };
}

/** The lines that take-up of something is asked of. */
export function selectionFor(ground: Ground, of: TakeUpOf): Selection {
  return 'measure' in of ? selectionOf(measureOf(ground, of.measure)) : selectionOfOffers(of);
}

/** The lines that may count: of a year and of no known one, or of all time where a rule reads a sequence. */
async function linesFor(
  asking: Asking,
  ground: Ground,
  { of, year, ever }: { readonly of: TakeUpOf; readonly year: number; readonly ever: boolean },
): Promise<readonly StandingLine[]> {
  const ofYear = ever ? undefined : { years: [year, null] };
  if (!('measure' in of)) return (await selectLines(asking, ground, selectionOfOffers(of), ofYear)).all();
  const own = selectionOf(measureOf(ground, of.measure));
  if (!own.kinds.some((kind) => withoutBodies.has(kind)))
    return (await selectLines(asking, ground, withRoles(own), ofYear)).all();
  const things = new Set<number>();
  for (const { lines, selected } of (await selectLines(asking, ground, own)).parts)
    for (const line of selected) things.add(lines.thing[line] ?? 0);
  const supported = await selectLines(asking, ground, supportedBy, ofYear);
  return supported.all().filter(({ thing }) => things.has(Number(thing)));
}

const supportKinds: Selection['kinds'] = ['support', 'attendance', 'officer', 'graduate', 'membership'];
const supportedBy: Selection = { kinds: ['support'], roles: [...countedRoles] };

/** A measure that names no roles counts the usual ones; lines without a role have no other. */
function withRoles(own: Selection): Selection {
  return own.roles === undefined ? { ...own, roles: [...countedRoles] } : own;
}

/** The lines that count towards take-up, the bodies they make count, and what was left out. */
export interface Reached {
  readonly lines: () => Promise<Lines>;
  readonly bodies: ReadonlySet<string>;
  readonly illustrative: boolean;
  readonly leftOut: readonly { readonly label: string; readonly count: number }[];
  /** Distinct councillors by party. */
  readonly parties: () => Promise<Parties>;
}

function unsureLeftOut(count: number, wholeYear = true): Reached['leftOut'] {
  const span = wholeYear ? 'in the year' : 'before the end of the reference date';
  return count === 0 ? [] : [{ label: `records dated too widely to be known to lie ${span}`, count }];
}

function listed(
  lines: readonly StandingLine[],
  bodies: ReadonlySet<string>,
  leftOut: Reached['leftOut'],
): Reached {
  const found = new ListedLines(lines);
  return {
    lines: async () => found,
    bodies,
    illustrative: found.illustrative,
    leftOut,
    parties: async () => partiesOf(lines),
  };
}

function reachedBy(lines: readonly StandingLine[], span: Span, whole: Span): Reached {
  // A membership counts where it is held on the reference date; everything else where it happened in the year.
  const counted = lines.filter(({ line }) =>
    line.kind === 'membership' ? holdsOn(line, span.to) : lies(line, span),
  );
  const bodies = new Set(counted.flatMap(({ line }) => line.body ?? []));
  const wide = lines.filter(({ line }) => line.kind !== 'membership' && mayLie(line, span));
  const only = wide.filter(({ line }) => line.from === whole.from && line.to === whole.to);
  return listed(counted, bodies, [
    ...unsureLeftOut(countThings(wide), span.to === whole.to),
    ...(only.length === 0
      ? []
      : [{ label: 'records among these dated only to the year', count: countThings(only) }]),
  ]);
}

function countThings(lines: readonly StandingLine[]): number {
  return new Set(lines.map(({ thing }) => thing)).size;
}

/** What take-up over a whole year reads: whose bodies count, and whose dates may be too wide. */
interface RolledUp {
  /** Of the lines that count. */
  readonly counted: Selection;
  /** Of those that would count if their year were known. */
  readonly unsure: Selection;
}

/** How take-up can be read from roll-ups, or undefined where it cannot. */
async function rolledUp(asking: Asking, ground: Ground, of: TakeUpOf): Promise<RolledUp | undefined> {
  if (!('measure' in of)) {
    const counted = selectionOfOffers(of);
    return { counted, unsure: { ...counted, kinds: withoutMembership(counted.kinds) } };
  }
  const own = selectionOf(measureOf(ground, of.measure));
  if (!own.kinds.some((kind) => withoutBodies.has(kind))) {
    const counted = withRoles(own);
    return { counted, unsure: { ...counted, kinds: withoutMembership(counted.kinds) } };
  }
  // Every activity of an event has the bodies of that same event; only a record of several could have others'.
  const { kinds, events, ...others } = own;
  const onlyActivities = kinds.every((kind) => kind === 'activity') && Object.keys(others).length === 0;
  if (!onlyActivities || (await asking.rollUps.anyMixed(ground.upTo))) return undefined;
  const counted = { ...supportedBy, ...(events !== undefined && { events }) };
  return { counted, unsure: counted };
}

function withoutMembership(kinds: Selection['kinds']): Selection['kinds'] {
  return kinds.filter((kind) => kind !== 'membership');
}

/** The bodies reached in a whole year, from roll-ups; undefined where only memberships are asked about. */
async function reachedFromRollUps(
  asking: Asking,
  ground: Ground,
  { counted, unsure }: RolledUp,
  { year, span }: { readonly year: number; readonly span: Span },
): Promise<Reached | undefined> {
  if (unsure.kinds.length === 0) return undefined;
  const rollUps = new SelectionRollUps(asking, ground, unsure);
  const found = await rollUps.bodies([year]);
  const bodies = new Set(rollUps.ids(found.all));
  let illustrative = found.illustrative.size > 0;
  const held = counted.kinds.includes('membership')
    ? await countedLines(asking, ground, { ...counted, kinds: ['membership'] }, { kind: 'stock', span, year })
    : undefined;
  for (const { line } of held?.all() ?? []) if (line.body !== null) bodies.add(line.body);
  illustrative ||= held?.illustrative === true;
  const lines = async (): Promise<SelectedLines> => {
    const ofYear = await countedLines(asking, ground, unsure, { kind: 'flow', span, year });
    if (held === undefined || held.length === 0) return ofYear;
    return new SelectedLines([...ofYear.parts, ...held.parts], ofYear.index, ofYear.days);
  };
  return {
    lines,
    bodies,
    illustrative,
    leftOut: unsureLeftOut(await rollUps.countUnsure(span)),
    parties: async () => (await rollUps.parties(year)) ?? partiesOfColumns(await lines()),
  };
}

/** The bodies reached in a year. */
export async function reached(
  asking: Asking,
  ground: Ground,
  {
    of,
    year,
    referenceDate,
  }: { readonly of: TakeUpOf; readonly year: number; readonly referenceDate?: string },
): Promise<Reached> {
  const whole = financialYearSpan(year);
  const span = { from: whole.from, to: referenceDate ?? whole.to };
  const measure = 'measure' in of ? measureOf(ground, of.measure) : undefined;
  const rule = measure && ruleOf(measure);
  // Sequence rules say themselves which bodies count; the others count those of their lines.
  if (measure !== undefined && rule?.sequence === true) {
    const { kind, parameters } = measure;
    const own = withRoles(selectionOf(measure));
    const fromLines = async (): Promise<Evaluation> =>
      rule.evaluate({
        lines: await linesFor(asking, ground, { of, year, ever: true }),
        span,
        kind,
        parameters,
      });
    const counted =
      span.to === whole.to && kind === 'flow' && !own.kinds.some((one) => withoutBodies.has(one))
        ? await rule.evaluateRollUps?.({ year, span, parameters }, new SelectionRollUps(asking, ground, own))
        : undefined;
    if (counted !== undefined)
      return {
        lines: async () => new ListedLines((await fromLines()).lines),
        bodies: counted.bodies,
        illustrative: counted.illustrative,
        leftOut: counted.remainders,
        parties: async () => partiesOf((await fromLines()).lines),
      };
    const { lines, bodies, remainders } = await fromLines();
    return listed(lines, bodies, remainders);
  }
  if (span.to === whole.to) {
    const how = await rolledUp(asking, ground, of);
    const found = how && (await reachedFromRollUps(asking, ground, how, { year, span }));
    if (found !== undefined) return found;
  }
  return reachedBy(await linesFor(asking, ground, { of, year, ever: false }), span, whole);
}
