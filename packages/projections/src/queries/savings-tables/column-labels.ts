import { isDelivered, type Sort } from './claims-of-year';
import type { ClaimOfTable } from './claims-of-table';
import { basisInWords, sortInWords } from './gains';
import { hasOwnEstimate, type SpanAmount } from './lifetimes';
import type { PartOfRow } from './rows-of-table';

/** A column: what it is called, of which amounts of a claim it is made, and what of their sorts its name does not say. */
interface Column {
  readonly name: string;
  readonly sortsOf: (claim: ClaimOfTable, year: number) => readonly Sort[];
  readonly inWords: (sort: Sort) => string;
}

function isOfYear({ span }: SpanAmount, year: number): boolean {
  return span.from === year && span.to === year;
}

function estimatedSorts({ claim }: SpanAmount, ownEstimate: boolean): readonly Sort[] {
  return [...(ownEstimate ? claim.estimated : claim.sorts)];
}

function deliveredSorts({ claim }: SpanAmount): readonly Sort[] {
  return [...claim.sorts].filter(isDelivered);
}

const deliveredBasis = ({ amountBasis }: Sort): string => basisInWords(amountBasis);

function sortsDelivered({ spans }: ClaimOfTable, year: number): readonly Sort[] {
  return spans.filter((amount) => isOfYear(amount, year)).flatMap(deliveredSorts);
}

const columns = {
  estimate: {
    name: 'Estimate',
    sortsOf: ({ spans }, year) =>
      spans
        .filter((amount) => isOfYear(amount, year))
        .flatMap((amount) => estimatedSorts(amount, amount.claim.replaced > 0)),
    inWords: sortInWords,
  },
  delivered: { name: 'Delivered', sortsOf: sortsDelivered, inWords: deliveredBasis },
  net: { name: 'Delivered, net of cost', sortsOf: sortsDelivered, inWords: deliveredBasis },
  verified: { name: 'Of which verified', sortsOf: sortsDelivered, inWords: deliveredBasis },
  lifetimeEstimate: {
    name: 'Estimate over all years',
    sortsOf: ({ spans }) => spans.flatMap((amount) => estimatedSorts(amount, hasOwnEstimate(amount, spans))),
    inWords: sortInWords,
  },
  deliveredToDate: {
    name: 'Delivered until the end of the year',
    sortsOf: ({ spans }, year) => spans.filter(({ span }) => span.to <= year).flatMap(deliveredSorts),
    inWords: deliveredBasis,
  },
} as const satisfies Record<string, Column>;

function distinct(words: readonly string[]): string {
  return [...new Set(words)].sort().join('; ');
}

/**
 * What a column is called: how what it adds up is realised and known, and every gain type in it, are named (B5).
 * @param parts what it adds up, of claims of a year
 */
export function columnLabel(
  column: keyof typeof columns,
  parts: readonly Omit<PartOfRow, 'isShare'>[],
  year: number,
): string {
  const { name, sortsOf, inWords }: Column = columns[column];
  const counted = parts.filter(({ amounts }) => amounts[column] !== 0).map(({ claim }) => claim);
  if (counted.length === 0) return name;
  const sorts = distinct(counted.flatMap((claim) => sortsOf(claim, year).map(inWords)));
  const types = distinct(
    counted.map(({ gainType }) => (gainType === 'not stated' ? 'gains of a type not stated' : gainType)),
  );
  return `${name} (${sorts}): ${types}`;
}
