import { financialYearLabel } from '@ledger/calendar';
import type { SelectedLines } from '../../lines/selected-lines';
import type { Manner, Sheet } from '../../lines/sheet';
import { QuestionRefusedError, type Asking, type Ground } from '../asking';
import { selectLines } from '../select-lines';
import type { AmountName } from './claim-amounts';
import { isDelivered } from './claims-of-year';
import { claimsOfTable, type ClaimOfTable } from './claims-of-table';
import { columnLabel } from './column-labels';
import type { CellQuestion, GainsCell } from './gains-table-answers';
import { hasOwnEstimate, ofAnyYears } from './lifetimes';
import { rowsOfTable, type PartOfRow } from './rows-of-table';

const amountNames = {
  estimate: 'estimate',
  delivered: 'delivered',
  'delivered-net': 'net',
  verified: 'verified',
  'lifetime-estimate': 'lifetimeEstimate',
  'delivered-to-date': 'deliveredToDate',
} as const satisfies Record<GainsCell, AmountName>;

async function partsOf(
  asking: Asking,
  ground: Ground,
  { viewer, year, by, row }: CellQuestion,
): Promise<{ readonly label: string; readonly parts: readonly PartOfRow[] }> {
  const claims = await claimsOfTable(asking, ground, year);
  if (row === 'all') {
    const parts = claims.map((claim) => ({ claim, amounts: claim.amounts, isShare: false }));
    return { label: 'All', parts };
  }
  const rows = await rowsOfTable(asking, ground, claims, { by, viewer });
  const found = rows.find(({ id }) => (id ?? 'none') === row);
  if (found === undefined)
    throw new QuestionRefusedError(
      'UNKNOWN_GROUP',
      'row',
      `There is no row “${row}” by ${by} in this table; its rows and their ids are in the answer of /api/savings-table.`,
    );
  return found;
}

/** Whether a gain is in an estimate, of the year or over all: also what was delivered, where nothing else was estimated. */
function isEstimated(
  claim: ClaimOfTable,
  { amountFrom, amountTo }: Sheet,
  manner: Manner,
  ofYear: boolean,
): boolean {
  if (!isDelivered(manner)) return true;
  const amount = claim.spans.find(({ span }) => span.from === amountFrom && span.to === amountTo);
  if (amount === undefined) return false;
  return ofYear ? amount.claim.replaced === 0 : !hasOwnEstimate(amount, claim.spans);
}

/** Whether a line of a claim is among those that a column is made of. */
function isInColumn(
  { year, column }: CellQuestion,
  claim: ClaimOfTable,
  sheet: Sheet,
  manner: Manner,
): boolean {
  const { kind, amountFrom, amountTo } = sheet;
  const isOfYear = amountFrom === year && amountTo === year;
  const isGain = kind === 'gain';
  switch (column) {
    case 'estimate':
      return isOfYear && (kind === 'gain-estimate' || (isGain && isEstimated(claim, sheet, manner, true)));
    case 'delivered':
      return isOfYear && isGain && isDelivered(manner);
    case 'delivered-net':
      return isOfYear && (isGain || kind === 'gain-cost') && isDelivered(manner);
    case 'verified':
      return isOfYear && kind === 'gain-verified';
    case 'lifetime-estimate':
      return kind === 'gain-estimate' || (isGain && isEstimated(claim, sheet, manner, false));
    case 'delivered-to-date':
      return isGain && isDelivered(manner) && amountTo !== null && amountTo <= year;
    default: {
      const never: never = column;
      return never;
    }
  }
}

/** The shares of a body in claims of several. */
async function sharesOf(
  asking: Asking,
  ground: Ground,
  body: string,
  shared: ReadonlySet<number>,
): Promise<SelectedLines> {
  const lines = await selectLines(asking, ground, { kinds: ['gain-share'] });
  return lines.ofBodies(new Set([body])).whereThing((thing) => shared.has(thing));
}

/** The lines of claims that a cell takes whole. */
async function wholeOf(
  asking: Asking,
  ground: Ground,
  question: CellQuestion,
  claims: ReadonlyMap<number, ClaimOfTable>,
): Promise<SelectedLines> {
  const kinds = ['gain', 'gain-cost', 'gain-estimate', 'gain-verified'] as const;
  const lines = await selectLines(asking, ground, { kinds: [...kinds] }, { sheets: ofAnyYears });
  return lines.whereThing((thing, sheet, manner) => {
    const claim = claims.get(thing);
    return claim !== undefined && isInColumn(question, claim, sheet, manner);
  });
}

/** What a cell of the savings table says, in pence, with the lines that it is made of; those of costs are taken off. */
export async function explainCell(
  asking: Asking,
  ground: Ground,
  question: CellQuestion,
): Promise<{ readonly words: string; readonly pence: number; readonly lines: SelectedLines }> {
  const { label, parts } = await partsOf(asking, ground, question);
  const name = amountNames[question.column];
  const counted = parts.filter(({ amounts }) => amounts[name] !== 0);
  const shared = new Set(counted.flatMap(({ claim, isShare }) => (isShare ? [claim.thing] : [])));
  const whole = new Map(counted.flatMap(({ claim, isShare }) => (isShare ? [] : [[claim.thing, claim]])));
  const lines = await wholeOf(asking, ground, question, whole);
  const shares = shared.size === 0 ? undefined : await sharesOf(asking, ground, question.row, shared);
  return {
    words: `${label}, ${financialYearLabel(question.year)}. ${columnLabel(name, counted, question.year)}`,
    pence: counted.reduce((sum, { amounts }) => sum + amounts[name], 0),
    lines: shares === undefined ? lines : lines.with(shares),
  };
}
