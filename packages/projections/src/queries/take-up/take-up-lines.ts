import { financialYearSpan } from '@ledger/calendar';
import {
  holdsOn,
  lies,
  mayLie,
  type Selection,
  type Span,
  type StandingLine,
  type TakeUpOf,
} from '@ledger/domain';
import type { RuleCited } from '../answers';
import type { Asking, Ground } from '../asking';
import { checkOffers, measureOf, ruleOf } from '../measure-evaluation';
import { selectionOf, selectLines } from '../select-lines';

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

/** The lines that take-up of something is asked of. */
export function selectionFor(ground: Ground, of: TakeUpOf): Selection {
  if ('measure' in of) return selectionOf(measureOf(ground, of.measure));
  const kinds: Selection['kinds'] = ['support', 'attendance', 'officer', 'graduate', 'membership'];
  const offers = 'offer' in of ? { offers: [of.offer] } : { programmes: [of.programme] };
  return { kinds, roles: [...countedRoles], ...offers };
}

/** The lines that may count. */
async function linesFor(asking: Asking, ground: Ground, of: TakeUpOf): Promise<readonly StandingLine[]> {
  const own = selectionFor(ground, of);
  if (!('measure' in of)) return selectLines(asking, ground, own);
  const lines = await selectLines(asking, ground, own);
  if (!own.kinds.some((kind) => withoutBodies.has(kind))) return withRoles(lines, own);
  const things = new Set(lines.map(({ thing }) => thing));
  const supported = await selectLines(asking, ground, { kinds: ['support'], roles: [...countedRoles] });
  return supported.filter(({ thing }) => things.has(thing));
}

/** A measure that names no roles counts the usual ones; lines without a role have no other. */
function withRoles(lines: readonly StandingLine[], own: Selection): readonly StandingLine[] {
  if (own.roles !== undefined) return lines;
  const counted: ReadonlySet<string> = new Set(countedRoles);
  return lines.filter(({ line }) => line.role === null || counted.has(line.role));
}

/** The lines that count towards take-up, the bodies they make count, and what was left out. */
export interface Reached {
  readonly lines: readonly StandingLine[];
  readonly bodies: ReadonlySet<string>;
  readonly leftOut: readonly { readonly label: string; readonly count: number }[];
}

function reachedBy(lines: readonly StandingLine[], span: Span): Reached {
  // A membership counts where it is held on the reference date; everything else where it happened in the year.
  const counted = lines.filter(({ line }) =>
    line.kind === 'membership' ? holdsOn(line, span.to) : lies(line, span),
  );
  const bodies = new Set(counted.flatMap(({ line }) => line.body ?? []));
  const wide = lines.filter(({ line }) => line.kind !== 'membership' && mayLie(line, span));
  const unsure = new Set(wide.map(({ thing }) => thing)).size;
  return {
    lines: counted,
    bodies,
    leftOut:
      unsure === 0
        ? []
        : [{ label: 'records dated too widely to be known to lie in the year', count: unsure }],
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
  const span = { from: financialYearSpan(year).from, to: referenceDate ?? financialYearSpan(year).to };
  const lines = await linesFor(asking, ground, of);
  if (!('measure' in of)) return reachedBy(lines, span);
  const measure = measureOf(ground, of.measure);
  const rule = ruleOf(measure);
  const { kind, parameters } = measure;
  // Sequence rules say themselves which bodies count; the others count those of their lines.
  if (rule.sequence === true) {
    const { lines: counted, bodies, remainders } = rule.evaluate({ lines, span, kind, parameters });
    return { lines: counted, bodies, leftOut: remainders };
  }
  return reachedBy(lines, span);
}
