import { amountsOfClaim } from './claims';
import { gainNames, gainsOfClaim, plus, type Gains } from './gains';
import { objectsAt, textAt, wholeOrNull, type JsonObject } from './json';
import type { StandingContent } from './things';

/** What bodies have of claims in a year, in pence. */
export interface GainsOfBody extends Gains {
  /** A body's id; `several` for what is not apportioned, null for claims of no body. */
  readonly body: string | null;
}

/** Each amount with the part of it that is put down to the programme, where there is one. */
const parted = [
  ['estimate', 'ownEstimate'],
  ['delivered', 'ownDelivered'],
  ['net', 'ownNet'],
  ['verified', 'ownVerified'],
  ['lifetime', null],
  ['toDate', null],
] as const satisfies readonly (readonly [keyof Gains, keyof Gains | null])[];

const nothing: Gains = Object.fromEntries(gainNames.map((name) => [name, 0])) as unknown as Gains;

/** The shares of a claim by body; null where any is not given. */
function sharesOf(data: JsonObject): ReadonlyMap<string, number | null> {
  const shares = new Map<string, number | null>();
  for (const item of objectsAt(data, 'bodies')) {
    const [body, pence] = [textAt(item, 'body'), wholeOrNull(item, 'sharePence')];
    const known = shares.get(body) ?? 0;
    shares.set(body, pence === null ? null : known + pence);
  }
  return shares;
}

/** Others' pence cut into parts like the shares: whole pence, the rest one by one to where most is missing. */
function cut(pence: number, shares: readonly number[]): number[] {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const parts = shares.map((share) => Number((BigInt(pence) * BigInt(share)) / BigInt(whole)));
  const missing = (at: number): bigint =>
    BigInt(pence) * BigInt(shares[at] ?? 0) - BigInt(parts[at] ?? 0) * BigInt(whole);
  const open = new Set(shares.keys());
  for (let left = pence - parts.reduce((sum, part) => sum + part, 0); left > 0; left--) {
    let most: number | undefined;
    for (const at of open) if (most === undefined || missing(at) > missing(most)) most = at;
    if (most === undefined) break;
    open.delete(most);
    parts[most] = (parts[most] ?? 0) + 1;
  }
  return parts;
}

/** Adds up the claims that stand by body: shares that are given, and what is one body's alone. */
export function gainsByBody(contents: readonly StandingContent[], year: number): GainsOfBody[] {
  const rows = new Map<string | null, Gains>();
  const put = (row: string | null, gains: Gains): void => void rows.set(row, plus(rows.get(row), gains));
  for (const { type, data, story } of contents) {
    if (type !== 'SavingsRecorded') continue;
    const amounts = amountsOfClaim(data, story);
    const own = gainsOfClaim(amounts, year);
    if (own === undefined) continue;
    const shares = sharesOf(data);
    const [only = null] = shares.keys();
    if (shares.size < 2) {
      put(only, own);
      continue;
    }
    const oneYear = amounts.every(({ fromYear, toYear }) => fromYear === year && toYear === year);
    const given = [...shares].flatMap(([body, pence]) => (pence === null ? [] : [{ body, pence }]));
    const whole = given.reduce((sum, { pence }) => sum + pence, 0);
    const apart = new Map<string, Record<keyof Gains, number>>();
    const part = (row: string): Record<keyof Gains, number> => {
      const known = apart.get(row) ?? { ...nothing };
      apart.set(row, known);
      return known;
    };
    for (const [name, ofProgramme] of parted) {
      const [pence, programme] = [own[name], ofProgramme === null ? 0 : own[ofProgramme]];
      const others = ofProgramme === null ? 0 : pence - programme;
      const beyondYear = name === 'lifetime' || name === 'toDate';
      const costless = name !== 'net' || own.net === own.delivered;
      if (given.length === shares.size && pence === whole && costless && (oneYear || beyondYear)) {
        const cuts =
          whole === 0
            ? given.map(() => 0)
            : cut(
                others,
                given.map((one) => one.pence),
              );
        for (const [at, one] of given.entries()) {
          if (one.pence === 0) continue;
          const row = part(one.body);
          row[name] += one.pence;
          if (ofProgramme !== null) row[ofProgramme] += one.pence - (cuts[at] ?? 0);
        }
      } else if (pence !== 0 || others !== 0) {
        const row = part('several');
        row[name] += pence;
        if (ofProgramme !== null) row[ofProgramme] += programme;
      }
    }
    if (apart.size === 0) put('several', own);
    for (const [row, gains] of apart) put(row, { ...gains, claims: own.claims });
  }
  return [...rows].map(([body, row]) => ({ body, ...row }));
}
