import { financialYearLabel } from '@ledger/calendar';
import type { AskedAt } from '../answered';
import { QuestionRefusedError, type Asking, type Ground } from '../asking';
import type { Viewer } from '../viewer';
import { bridgedClaim } from './bridged-claim';
import { claimsOfYear, type ClaimOfYear } from './claims-of-year';
import { sortInWords } from './gains';
import type { Bridge, BridgeLine } from './gains-table-answers';

/** One end of a bridge: a year as recorded by a position. */
interface End {
  readonly ground: Ground;
  readonly year: number;
  readonly claims: ReadonlyMap<number, ClaimOfYear>;
}

/** So many claims of a line are named; the others are counted. */
const mostNamed = 50;

/** The order of the lines. */
const causes = [
  'new claims',
  'first amounts of the year',
  'delivered',
  'lapsed',
  'counted in another claim',
  'withdrawn or rejected',
  'no amount of the year',
  'revised',
  'reclassified',
  'gone on as they were',
] as const;
type Cause = (typeof causes)[number];

/** What a claim's amounts stand under, as a text that is the same where they stand under the same. */
function classOf(claim: ClaimOfYear | undefined): string {
  const sorts = [...(claim?.sorts ?? [])].map(sortInWords).sort();
  return JSON.stringify([claim?.area, claim?.offer, claim?.gainType, sorts]);
}

/** Why a claim comes to another amount at the one end than at the other. */
function causeOf(from: End, to: End, thing: number): Cause {
  const [before, after] = [from.claims.get(thing), to.claims.get(thing)];
  const [had, has] = [before?.gain ?? 0, after?.gain ?? 0];
  if (thing > from.ground.upTo) return 'new claims';
  if (had === has) return classOf(before) === classOf(after) ? 'gone on as they were' : 'reclassified';
  if ((after?.lapsed ?? 0) > (before?.lapsed ?? 0)) return 'lapsed';
  if ((after?.elsewhere ?? 0) !== (before?.elsewhere ?? 0)) return 'counted in another claim';
  if (after === undefined) return from.year === to.year ? 'withdrawn or rejected' : 'no amount of the year';
  if (before === undefined) return 'first amounts of the year';
  return after.delivered !== before.delivered ? 'delivered' : 'revised';
}

function total({ claims }: End): number {
  return [...claims.values()].reduce((sum, { gain }) => sum + gain, 0);
}

/** The label names every gain type and realisation that is added up at either end (B5). */
function labelOf(ends: readonly End[]): string {
  const sorts = ends.flatMap(({ claims }) =>
    [...claims.values()].flatMap(({ gain, gainType, sorts: own }) =>
      gain === 0 ? [] : [...own].map((sort) => `${gainType} (${sortInWords(sort)})`),
    ),
  );
  const names = [...new Set(sorts)].sort();
  return names.length === 0 ? 'No gains are recorded' : `All gains, which mixes: ${names.join('; ')}`;
}

/** What lies between the gains of two years, or of one year as recorded by two positions (B15). @throws QuestionRefusedError where it would lead back */
export async function bridge(
  asking: Asking,
  question: {
    readonly viewer: Viewer;
    readonly from: { readonly year: number; readonly at?: AskedAt };
    readonly to: { readonly year: number; readonly at?: AskedAt };
  },
): Promise<Bridge> {
  const end = async ({ year, at }: (typeof question)['from']): Promise<End> => {
    const ground = await asking.ground(at);
    return { ground, year, claims: await claimsOfYear(asking, ground, year) };
  };
  const [from, to] = [await end(question.from), await end(question.to)];
  if (to.ground.upTo < from.ground.upTo)
    throw new QuestionRefusedError(
      'INVALID_QUESTION',
      'toRecordedBy',
      `What was known at position ${from.ground.position} cannot lead to what was known before, at ${to.ground.position}; name the earlier day or position as the one to start from.`,
    );
  const byCause = new Map<Cause, { thing: number; before: number; after: number }[]>();
  for (const thing of new Set([...from.claims.keys(), ...to.claims.keys()])) {
    const [before, after] = [from.claims.get(thing)?.gain ?? 0, to.claims.get(thing)?.gain ?? 0];
    const cause = causeOf(from, to, thing);
    byCause.set(cause, [...(byCause.get(cause) ?? []), { thing, before, after }]);
  }
  const lines: BridgeLine[] = [];
  for (const cause of causes) {
    const claims = byCause.get(cause) ?? [];
    if (claims.length === 0) continue;
    const size = ({ before, after }: (typeof claims)[number]): number => Math.abs(after - before);
    const largest = claims.sort((a, b) => size(b) - size(a) || a.thing - b.thing).slice(0, mostNamed);
    lines.push({
      cause,
      claims: claims.length,
      pence: claims.reduce((sum, { before, after }) => sum + after - before, 0),
      largest: await Promise.all(
        largest.map(async ({ thing, before, after }) => ({
          ...(await bridgedClaim(asking, [from.ground, to.ground], question.viewer, thing)),
          beforePence: before,
          afterPence: after,
        })),
      ),
    });
  }
  const place = (one: End): Bridge['from'] => ({
    year: financialYearLabel(one.year),
    position: String(one.ground.position),
    pence: total(one),
  });
  const illustrative = [from, to].some(({ claims }) =>
    [...claims.values()].some((claim) => claim.illustrative),
  );
  return {
    ...to.ground.answered,
    incomplete: from.ground.answered.incomplete || to.ground.answered.incomplete,
    illustrative,
    from: place(from),
    to: place(to),
    lines,
    label: labelOf([from, to]),
  };
}
