import { financialYearLabel } from '@ledger/calendar';
import {
  assuranceOf,
  attributedPence,
  claimOf,
  deliveredAmounts,
  netPence,
  realisationOf,
  type Claim,
  type Thing,
} from '@ledger/domain';
import { recordDocument } from '../../documents/record-document';
import type { Ground } from '../asking';
import { summary } from '../records/summary';
import type { ClaimSummary, ClaimYear, UndividedAmount } from './claim-answers';

interface Estimate {
  readonly grossPence: number;
  readonly costPence: number | null;
  readonly qualifier: ClaimYear['qualifier'];
}

/** What is estimated for single years: what the content gives and does not say is delivered. */
function estimatesOf({ content }: Claim): ReadonlyMap<number, Estimate> {
  const byYear = new Map<number, Estimate>();
  for (const { fromYear, toYear, basis, grossPence, costPence, qualifier } of content.amounts) {
    if (fromYear !== toYear || (content.realisation === 'delivered' && basis !== 'forecast')) continue;
    const known = byYear.get(fromYear);
    byYear.set(fromYear, {
      grossPence: (known?.grossPence ?? 0) + grossPence,
      costPence:
        costPence === undefined && known === undefined ? null : (known?.costPence ?? 0) + (costPence ?? 0),
      qualifier,
    });
  }
  return byYear;
}

/** What a claim comes to by year. */
function claimYears(claim: Claim): readonly ClaimYear[] {
  const estimates = estimatesOf(claim);
  const delivered = new Map(deliveredAmounts(claim).map((amount) => [amount.year, amount]));
  const share = claim.life.baseline?.said.attributionHundredths;
  return [...new Set([...estimates.keys(), ...delivered.keys()])]
    .sort((a, b) => a - b)
    .map((number) => {
      const estimate = estimates.get(number);
      const actual = delivered.get(number);
      const best =
        actual ?? (estimate && { year: number, ...estimate, qualifier: estimate.qualifier ?? 'exact' });
      const verified = claim.life.verified.find(({ year }) => year === number);
      return {
        year: financialYearLabel(number),
        number,
        estimatedPence: estimate?.grossPence ?? null,
        deliveredPence: actual?.grossPence ?? null,
        costPence: best?.costPence ?? null,
        netPence: best === undefined ? null : netPence(best),
        verifiedPence: verified?.verifiedPence ?? null,
        reason: verified?.reason ?? null,
        attributedPence: best === undefined ? null : attributedPence(best.grossPence, share),
        qualifier: best?.qualifier ?? null,
      };
    });
}

function undividedOf({ content }: Claim): readonly UndividedAmount[] {
  return content.amounts.flatMap(({ fromYear, toYear, grossPence, qualifier }) =>
    fromYear === toYear
      ? []
      : [
          {
            from: financialYearLabel(fromYear),
            to: financialYearLabel(toYear),
            pence: grossPence,
            qualifier,
          },
        ],
  );
}

/** What lists show of a claim. */
export function claimSummary(ground: Ground, thing: Thing): ClaimSummary {
  const claim = claimOf(thing);
  if (claim === undefined) throw new RangeError(`${thing.kind} ${thing.id} is no claim`);
  return {
    ...summary(ground, 'claim', thing.id, recordDocument(thing)),
    realisation: realisationOf(claim),
    assurance: assuranceOf(claim),
    gainType: claim.content.gainType,
    years: claimYears(claim),
    undivided: undividedOf(claim),
    queriesDue: claim.life.queries.flatMap(({ due, answered }) => (answered ? [] : [due])).sort(),
  };
}
