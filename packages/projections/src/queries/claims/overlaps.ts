import {
  claimOf,
  foldedLabel,
  isBlocking,
  overlapReasons,
  type ComparedClaim,
  type Thing,
} from '@ledger/domain';
import { streamOf } from '@ledger/events';
import { recordDocument } from '../../documents/record-document';
import type { RecordKeyName } from '../../documents/record-key';
import { NumberSet } from '../../roll-ups/number-set';
import type { AskedAt } from '../answered';
import type { Asking, Ground } from '../asking';
import { foldEvents, readEvents } from '../log-streams';
import { selectLines } from '../select-lines';
import { mayRead, type Viewer } from '../viewer';
import type { ClaimOverlap, ClaimOverlaps } from './claim-answers';
import { claimSummary } from './claim-summary';

/** Claims of equal amounts that are shown with a claim, at most. */
const mostEqual = 20;

async function claimThing(asking: Asking, ground: Ground, id: string): Promise<Thing | undefined> {
  return foldEvents(await readEvents(asking.log, streamOf('claim', id), ground.upTo));
}

function compared({ catalogue }: Ground, thing: Thing): ComparedClaim | undefined {
  const claim = claimOf(thing);
  if (claim === undefined) return undefined;
  const { offer } = claim.content;
  const programme = offer === undefined ? null : (catalogue.offers.get(offer)?.programme ?? null);
  return { ...claim, programme };
}

/** Claims that have one of the amounts of a claim for the same years, by the positions of their first events. */
async function withEqualAmounts(asking: Asking, ground: Ground, claim: ComparedClaim): Promise<NumberSet> {
  const wanted = new Set(claim.content.amounts.map(({ grossPence }) => grossPence));
  const { parts } = await selectLines(asking, ground, { kinds: ['gain'] });
  const found = new NumberSet();
  for (const { lines, selected } of parts)
    for (const line of selected)
      if (wanted.has(lines.quantity[line] ?? 0) && found.size < mostEqual) found.add(lines.thing[line] ?? 0);
  return found;
}

/** Claims that may overlap with one, found by what they share with it: bodies, a project, amounts. */
async function nearClaims(asking: Asking, ground: Ground, claim: ComparedClaim): Promise<readonly Thing[]> {
  const by = async (name: RecordKeyName, value: string): Promise<NumberSet> =>
    asking.records.find({ kind: 'claim', keys: [{ name, value }], words: [] }, ground.upTo);
  const near = await withEqualAmounts(asking, ground, claim);
  for (const { body } of claim.content.bodies) near.addAll(await by('body', body));
  const project = foldedLabel(claim.content.project);
  if (project !== null) near.addAll(await by('project', project));
  const things: Thing[] = [];
  for (const ordinal of near.below(Infinity, near.size)) {
    const [first] = await asking.log.readPage({ after: BigInt(ordinal) - 1n, limit: 1 });
    const thing = first && foldEvents(await readEvents(asking.log, first.stream, ground.upTo));
    if (thing !== undefined) things.push(thing);
  }
  // Parts and wholes may share nothing else.
  for (const id of [...claim.life.parts, ...claim.life.wholes]) {
    if (things.some((thing) => thing.id === id)) continue;
    const thing = await claimThing(asking, ground, id);
    if (thing !== undefined) things.push(thing);
  }
  return things;
}

/** The claims that may count the same gain as one (B7); all of them hold it up, whoever may read them. */
export async function claimOverlaps(
  asking: Asking,
  id: string,
  viewer: Viewer,
  at?: AskedAt,
): Promise<ClaimOverlaps> {
  const ground = await asking.ground(at);
  const thing = await claimThing(asking, ground, id);
  const claim = thing && compared(ground, thing);
  const overlaps: ClaimOverlap[] = [];
  for (const near of claim === undefined ? [] : await nearClaims(asking, ground, claim)) {
    const other = compared(ground, near);
    if (claim === undefined || other === undefined) continue;
    const because = overlapReasons(claim, other);
    if (because.length === 0) continue;
    const readable = mayRead(ground.catalogue, recordDocument(near), viewer);
    const resolved = claim.life.overlaps.find((one) => one.other === other.id)?.as ?? null;
    overlaps.push({
      claim: readable ? claimSummary(ground, near) : null,
      because,
      blocking: isBlocking(because) && resolved === null,
      resolved,
    });
  }
  overlaps.sort((a, b) => Number(b.blocking) - Number(a.blocking));
  return { ...ground.answered, illustrative: thing?.illustrative ?? false, overlaps };
}
