import type { Thing } from '@ledger/domain';
import type { Manner } from '../../lines/sheet';
import { NumberSet } from '../../roll-ups/number-set';
import { QuestionRefusedError, type Asking, type Ground } from '../asking';
import { foldEvents, readEvents } from '../log-streams';
import { selectLines } from '../select-lines';
import { isHidden, type Viewer } from '../viewer';
import type { ClaimsPage, ClaimsQuestion } from './claim-answers';
import { claimSummary } from './claim-summary';

const usualLimit = 25;
const largestLimit = 200;

/** The order in which states are shown: as a claim goes through them. */
const order = [
  'draft',
  'reopened',
  'submitted',
  'under review',
  'queried',
  'part-verified',
  'verified',
  'estimate checked',
  'rejected',
];

/** Whether a viewer may read claims of an offer. */
function readable({ catalogue }: Ground, offer: string | null, viewer: Viewer): boolean {
  if (isHidden(catalogue, offer, viewer)) return false;
  if (viewer.records === 'all') return true;
  const programme = offer === null ? undefined : catalogue.offers.get(offer)?.programme;
  return programme !== undefined && viewer.records.includes(programme);
}

/** The claims that stand and that a viewer may read, by state: each has one line that says it. */
export async function claimsByState(
  asking: Asking,
  ground: Ground,
  viewer: Viewer,
  fits: (manner: Manner) => boolean = () => true,
): Promise<ReadonlyMap<string, NumberSet>> {
  const { parts, index } = await selectLines(asking, ground, { kinds: ['claim'] });
  const states = new Map<string, NumberSet>();
  for (const { sheet, lines, selected } of parts) {
    if (!readable(ground, sheet.offer, viewer)) continue;
    for (const line of selected) {
      const manner = index.manner(lines.manner[line] ?? 0);
      if (!fits(manner)) continue;
      const state = manner.assurance ?? 'draft';
      const known = states.get(state) ?? new NumberSet();
      states.set(state, known);
      known.add(lines.thing[line] ?? 0);
    }
  }
  return states;
}

/** The claim whose first event is at a position. */
export async function claimAt(asking: Asking, ground: Ground, ordinal: number): Promise<Thing> {
  const [first] = await asking.log.readPage({ after: BigInt(ordinal) - 1n, limit: 1 });
  const thing = first && foldEvents(await readEvents(asking.log, first.stream, ground.upTo));
  if (thing === undefined)
    throw new RangeError(`The lines name a claim at position ${ordinal}, and the log has none there`);
  return thing;
}

/** The worklist of claims: how many are in each state, and a page of them from the newest on. */
export async function claims(asking: Asking, question: ClaimsQuestion): Promise<ClaimsPage> {
  const { viewer, assurance, cursor } = question;
  if (cursor !== undefined && !/^\d{1,15}$/.test(cursor))
    throw new QuestionRefusedError(
      'INVALID_QUESTION',
      'cursor',
      'The cursor is none of this ledger’s; ask for the first page again.',
    );
  if (assurance !== undefined && !order.includes(assurance))
    throw new QuestionRefusedError(
      'INVALID_QUESTION',
      'assurance',
      `There is no state “${assurance.slice(0, 40)}” on the worklist; its states are ${order.join(', ')}.`,
    );
  const ground = await asking.ground(question.at);
  const states = await claimsByState(asking, ground, viewer);
  const wanted = new NumberSet();
  for (const [state, set] of states) if (assurance === undefined || state === assurance) wanted.addAll(set);
  const limit = Math.min(question.limit ?? usualLimit, largestLimit);
  const page = wanted.below(cursor === undefined ? Infinity : Number(cursor), limit + 1);
  const shown = page.slice(0, limit);
  const things = await Promise.all(shown.map((ordinal) => claimAt(asking, ground, ordinal)));
  return {
    ...ground.answered,
    illustrative: things.some(({ illustrative }) => illustrative),
    states: [...states]
      .map(([state, set]) => ({ assurance: state, claims: set.size }))
      .sort((a, b) => order.indexOf(a.assurance) - order.indexOf(b.assurance)),
    claims: things.map((thing) => claimSummary(ground, thing)),
    total: wanted.size,
    next: page.length > limit ? String(shown.at(-1) ?? 0) : null,
  };
}
