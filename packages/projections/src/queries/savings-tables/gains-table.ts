import { financialYearLabel } from '@ledger/calendar';
import type { Asking, Ground } from '../asking';
import type { PublishedFigures } from '../published-figures';
import { selectLines } from '../select-lines';
import { pathWith, showPounds } from '../showing';
import { thePublic } from '../viewer';
import type { AmountName } from './claim-amounts';
import { claimsOfTable, type ClaimOfTable } from './claims-of-table';
import {
  gainsCells,
  type CellsExplained,
  type GainsCells,
  type GainsQuestion,
  type GainsTable,
} from './gains-table-answers';
import { lifetimeRule } from './lifetimes';
import { columnLabel } from './column-labels';
import { rowsOfTable, type PartOfRow } from './rows-of-table';

const words =
  'Amounts given for this financial year alone. Estimate: what was identified or agreed, also where a delivery has taken the place of it; of what was never estimated, what was delivered. Delivered: actual amounts. Verified: the part of them that is verified. Rejected, lapsed and withdrawn amounts, and what counts in another claim, are in none of them.';
const rule = { id: 'gains-table/1', words };
const ruleByBody = {
  id: 'gains-table-by-body/1',
  words: `${words} Of a claim of one body, all is that body's. Of a claim of several, each has the share that the claim gives it, in an amount that is the whole of what the shares were given of; of a percentage put down to the programme, each share has the same. Everything else is not apportioned: no share of it is given, and nothing divides it. A claim of several bodies counts once in the row of each, and once in the total.`,
};

/** By which rule the amounts of a table are added up. */
export function ruleOfTable(by: GainsTable['by']): GainsTable['rule'] {
  return by === 'body' ? ruleByBody : rule;
}

/** How the sources of a table are told: from the surest method to none. */
const methods: Readonly<Record<string, string>> = {
  actuals: 'actual figures',
  "council's estimate": 'estimates of the councils',
  "consultant's estimate": 'estimates of consultants',
  'extrapolated from a sample': 'extrapolated from a sample',
  'not stated': 'by a method that is not stated',
};

function cellsOf(parts: readonly Omit<PartOfRow, 'isShare'>[], targetPence: number | null): GainsCells {
  const sum = (name: AmountName): number => {
    const total = parts.reduce((added, { amounts }) => added + amounts[name], 0);
    if (!Number.isSafeInteger(total)) throw new RangeError('The sum of gains is beyond 2^53 pence');
    return total;
  };
  const [estimatePence, deliveredPence] = [sum('estimate'), sum('delivered')];
  const [deliveredNetPence, verifiedPence] = [sum('net'), sum('verified')];
  return {
    claims: parts.filter(({ claim }) => claim.isOfYear).length,
    estimatePence,
    deliveredPence,
    estimateAttributedPence: estimatePence - sum('estimateOfOthers'),
    deliveredAttributedPence: deliveredPence - sum('deliveredOfOthers'),
    deliveredNetPence,
    deliveredNetAttributedPence: deliveredNetPence - sum('netOfOthers'),
    verifiedPence,
    verifiedAttributedPence: verifiedPence - sum('verifiedOfOthers'),
    lifetimeEstimatePence: sum('lifetimeEstimate'),
    deliveredToDatePence: sum('deliveredToDate'),
    targetPence,
    estimateMinusTargetPence: targetPence === null ? null : estimatePence - targetPence,
    deliveredMinusTargetPence: targetPence === null ? null : deliveredPence - targetPence,
  };
}

/** By which methods the amounts were found, with how much of the estimate is by each. */
async function footnotesOf(
  asking: Asking,
  ground: Ground,
  claims: readonly ClaimOfTable[],
): Promise<readonly string[]> {
  const ofYear = new Map(claims.flatMap((claim) => (claim.isOfYear ? [[claim.thing, claim]] : [])));
  const { parts, index } = await selectLines(asking, ground, { kinds: ['claim'] });
  const byMethod = new Map<string, { claims: number; pence: number }>();
  for (const { lines, selected } of parts)
    for (const line of selected) {
      const claim = ofYear.get(lines.thing[line] ?? 0);
      if (claim === undefined) continue;
      const method = index.manner(lines.manner[line] ?? 0).subject ?? 'not stated';
      const known = byMethod.get(method) ?? { claims: 0, pence: 0 };
      byMethod.set(method, { claims: known.claims + 1, pence: known.pence + claim.amounts.estimate });
    }
  return Object.entries(methods).flatMap(([method, words]) => {
    const found = byMethod.get(method);
    if (found === undefined) return [];
    const of = found.claims === 1 ? '1 claim' : `${found.claims} claims`;
    return [
      `${showPounds(found.pence)} of the estimate, in ${of}, ${method === 'not stated' ? 'found' : 'from'} ${words}.`,
    ];
  });
}

/** Where each amount of a row is explained down to its events. */
function explainedAt({ answered }: Ground, year: number, by: GainsTable['by'], row: string): CellsExplained {
  const path = (column: string): string =>
    pathWith('/api/explain', {
      ask: 'savings-table',
      year: financialYearLabel(year),
      by,
      row,
      column,
      asRecordedBy: answered.asRecordedBy ?? undefined,
    });
  // One path for each column that there is.
  return Object.fromEntries(gainsCells.map((column) => [column, path(column)])) as CellsExplained;
}

/** Savings of a financial year by area, programme or body, from estimate to verified, against the target (B13). */
export async function gainsTable(
  asking: Asking,
  published: PublishedFigures,
  { year, by, viewer = thePublic, at }: GainsQuestion,
): Promise<GainsTable> {
  const ground = await asking.ground(at);
  const claims = await claimsOfTable(asking, ground, year);
  const [target] = await published.matching({ ask: 'savings-target', year }, ground.upTo);
  const rows = await rowsOfTable(asking, ground, claims, { by, viewer });
  const whole = claims.map((claim) => ({ claim, amounts: claim.amounts }));
  return {
    ...ground.answered,
    illustrative: claims.some(({ illustrative }) => illustrative),
    year: financialYearLabel(year),
    by,
    rows: rows.map(({ id, label, parts }) => ({
      id,
      label,
      ...cellsOf(parts, null),
      explain: explainedAt(ground, year, by, id ?? 'none'),
    })),
    // Targets are printed in whole pounds, for all areas together.
    total: {
      ...cellsOf(whole, target === undefined ? null : Number(target.value) * 100),
      explain: explainedAt(ground, year, by, 'all'),
    },
    columns: {
      estimate: columnLabel('estimate', whole, year),
      delivered: columnLabel('delivered', whole, year),
      deliveredNet: columnLabel('net', whole, year),
      verified: columnLabel('verified', whole, year),
      lifetimeEstimate: columnLabel('lifetimeEstimate', whole, year),
      deliveredToDate: columnLabel('deliveredToDate', whole, year),
    },
    footnotes: await footnotesOf(asking, ground, claims),
    rule: ruleOfTable(by),
    lifetimeRule,
  };
}
