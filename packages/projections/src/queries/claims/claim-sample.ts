import { financialYearLabel } from '@ledger/calendar';
import { drawSample, projectedMisstatement, type SampleDesign } from '@ledger/domain';
import { recordDocument } from '../../documents/record-document';
import type { AskedAt } from '../answered';
import type { Asking, Ground } from '../asking';
import { claimsOfYear } from '../savings-tables/claims-of-year';
import { mayRead, type Viewer } from '../viewer';
import type { ClaimSample, DrawnClaim } from './claim-answers';
import { claimSummary } from './claim-summary';
import { claimAt } from './claims';

const words =
  'The largest claims by what is delivered, and of the others those in which a monetary unit lies, one in every interval from a start that the seed decides, in the order in which the claims were recorded. The population is as recorded by the position; what is verified is as of now. Signed estimates are no part of it: what is not delivered is not assured as realised.';

/** Ids that sort as numbers do. */
const idOf = (thing: number): string => String(thing).padStart(16, '0');

/** Draws a sample of the claims delivered in a year, as recorded by a position (B11). */
export async function claimSample(
  asking: Asking,
  question: SampleDesign & { readonly viewer: Viewer; readonly year: number; readonly at?: AskedAt },
): Promise<ClaimSample> {
  const { viewer, year, at, top, units, seed } = question;
  const ground = await asking.ground(at);
  const now = await asking.ground();
  const population = await claimsOfYear(asking, ground, year);
  const delivered = [...population.values()].map(({ thing, delivered: pence }) => ({
    id: idOf(thing),
    pence,
  }));
  const drawn = drawSample(delivered, { top, units, seed });
  const present = await claimsOfYear(asking, now, year);
  const seen = new Map<string, number>();
  const shown = async (
    id: string,
    pence: number,
    of: Pick<DrawnClaim, 'drawn' | 'units'>,
  ): Promise<DrawnClaim> => {
    const thing = await claimAt(asking, now, Number(id));
    const looked = thing.claim?.phase === 'verified' || thing.claim?.phase === 'rejected' || thing.withdrawn;
    const verifiedPence = looked ? (present.get(Number(id))?.verified ?? 0) : null;
    if (verifiedPence !== null) seen.set(id, verifiedPence);
    const readable = mayRead(now.catalogue, recordDocument(thing), viewer);
    return { ...of, claim: readable ? claimSummary(now, thing) : null, deliveredPence: pence, verifiedPence };
  };
  const claims: DrawnClaim[] = [];
  for (const { id, pence } of drawn.largest)
    claims.push(await shown(id, pence, { drawn: 'largest', units: 1 }));
  for (const { id, pence, units: hit } of drawn.byUnit)
    claims.push(await shown(id, pence, { drawn: 'by monetary unit', units: hit }));
  const { populationPence, sampledPence, intervalPence } = drawn;
  return {
    ...standing(ground, now),
    illustrative: claims.some(({ claim }) => claim?.illustrative === true),
    year: financialYearLabel(year),
    design: { top, units, seed },
    populationClaims: delivered.filter(({ pence }) => pence > 0).length,
    populationPence,
    sampledPence,
    coveragePercent: percentOf(sampledPence, populationPence),
    intervalPence,
    drawn: claims,
    projectedMisstatementPence:
      claims.length > 0 && seen.size === claims.length ? projectedMisstatement(drawn, seen) : null,
    words,
  };
}

/** Incomplete where either end is. */
function standing(ground: Ground, now: Ground): Ground['answered'] {
  return { ...ground.answered, incomplete: ground.answered.incomplete || now.answered.incomplete };
}

function percentOf(part: number, whole: number): number {
  if (whole === 0) return 0;
  return Number((200n * BigInt(part) + BigInt(whole)) / (2n * BigInt(whole)));
}
