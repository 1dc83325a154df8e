import type { Asking, Ground } from '../asking';
import { isHidden, type Viewer } from '../viewer';
import { bodiesOfClaims } from './bodies-of-claims';
import type { ClaimAmounts } from './claim-amounts';
import type { ClaimOfTable } from './claims-of-table';
import type { GainsTable } from './gains-table-answers';
import { notApportioned, partsByBody, type PartsOfClaim } from './parts-by-body';

/** The row of claims whose bodies are not for the viewer: their support was given discreetly (E9). */
const withheld = 'withheld';

/** What a claim adds to a row. */
export interface PartOfRow {
  readonly claim: ClaimOfTable;
  readonly amounts: ClaimAmounts;
  /** Whether it is a body's share of a claim of several. */
  readonly isShare: boolean;
}

export interface RowOfTable {
  /** The id of what the table is by, or of a row that is none of these; null for claims of none. */
  readonly id: string | null;
  readonly label: string;
  readonly parts: readonly PartOfRow[];
}

/** What a table is made of, and for whom. */
export interface TableParting {
  readonly by: GainsTable['by'];
  readonly viewer: Viewer;
}

type Partition = (claim: ClaimOfTable) => PartsOfClaim;

async function byBody(
  asking: Asking,
  ground: Ground,
  claims: readonly ClaimOfTable[],
  viewer: Viewer,
): Promise<Partition> {
  const bodies = await bodiesOfClaims(asking, ground, new Set(claims.map(({ thing }) => thing)));
  return (claim) => {
    const own = bodies.get(claim.thing) ?? new Map<string, null>();
    if (own.size > 0 && isHidden(ground.catalogue, claim.offer, viewer))
      return new Map([[withheld, claim.amounts]]);
    return partsByBody(claim, own);
  };
}

async function partitionBy(
  asking: Asking,
  ground: Ground,
  claims: readonly ClaimOfTable[],
  { by, viewer }: TableParting,
): Promise<Partition> {
  switch (by) {
    case 'area':
      return ({ area, amounts }) => new Map([[area, amounts]]);
    case 'programme':
      return ({ offer, amounts }) =>
        new Map([[offer === null ? null : (ground.catalogue.offers.get(offer)?.programme ?? null), amounts]]);
    case 'body':
      return byBody(asking, ground, claims, viewer);
    default: {
      const never: never = by;
      return never;
    }
  }
}

const byName = new Intl.Collator('en-GB');

/** The rows in their order, with those that nothing is in. */
function namedRows(
  { catalogue, register }: Ground,
  by: GainsTable['by'],
  found: Iterable<string | null>,
): { readonly id: string | null; readonly label: string }[] {
  if (by === 'area') {
    const areas = [...catalogue.savingsAreas.values()].sort((a, b) => a.order - b.order);
    return [...areas, { id: null, label: 'No savings area' }];
  }
  if (by === 'programme') return [...catalogue.programmes.values(), { id: null, label: 'No programme' }];
  const bodies = [...found].flatMap((id) =>
    id === null || id === notApportioned || id === withheld
      ? []
      : [{ id, label: register.body(id)?.name ?? id }],
  );
  return [
    ...bodies.sort((a, b) => byName.compare(a.label, b.label) || (a.id < b.id ? -1 : 1)),
    { id: notApportioned, label: 'Not apportioned: of several bodies, no share given' },
    { id: withheld, label: 'Withheld: bodies supported discreetly' },
    { id: null, label: 'No body is named' },
  ];
}

/** Claims in the rows of a table. A savings area has its row also where nothing is in it; others have not. */
export async function rowsOfTable(
  asking: Asking,
  ground: Ground,
  claims: readonly ClaimOfTable[],
  parting: TableParting,
): Promise<readonly RowOfTable[]> {
  const partition = await partitionBy(asking, ground, claims, parting);
  const found = new Map<string | null, PartOfRow[]>();
  for (const claim of claims) {
    const parts = partition(claim);
    for (const [row, amounts] of parts) {
      const known = found.get(row) ?? [];
      found.set(row, known);
      const isShare = row !== null && row !== notApportioned && amounts !== claim.amounts;
      known.push({ claim, amounts, isShare });
    }
  }
  return namedRows(ground, parting.by, found.keys()).flatMap(({ id, label }) => {
    const parts = found.get(id) ?? [];
    return parts.length === 0 && (id === null || parting.by !== 'area') ? [] : [{ id, label, parts }];
  });
}
