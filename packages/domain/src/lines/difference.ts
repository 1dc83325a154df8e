import type { Line } from './line';

/** A line posted: +1 came, −1 went. */
export interface Posting {
  readonly sign: 1 | -1;
  readonly line: Line;
}

/** Every key of a line, in one order: two lines with the same text are the same line. */
function identity(line: Line): string {
  return JSON.stringify([
    line.kind,
    line.event,
    line.offer,
    line.savingsArea,
    line.body,
    line.role,
    line.person,
    line.party,
    line.from,
    line.to,
    line.basis,
    line.amountFrom,
    line.amountTo,
    line.gainType,
    line.realisation,
    line.assurance,
    line.amountBasis,
    line.qualifier,
    line.subject,
    line.illustrative,
    line.quantity,
  ]);
}

/** Up to as many pairs of lines are compared with one another; for more, their texts are. */
const fewPairs = 400;

function same(a: Line, b: Line): boolean {
  if (a === b) return true;
  return (
    a.kind === b.kind &&
    a.event === b.event &&
    a.offer === b.offer &&
    a.body === b.body &&
    a.role === b.role &&
    a.person === b.person &&
    a.from === b.from &&
    a.to === b.to &&
    a.quantity === b.quantity &&
    a.party === b.party &&
    a.basis === b.basis &&
    a.savingsArea === b.savingsArea &&
    a.amountFrom === b.amountFrom &&
    a.amountTo === b.amountTo &&
    a.gainType === b.gainType &&
    a.realisation === b.realisation &&
    a.assurance === b.assurance &&
    a.amountBasis === b.amountBasis &&
    a.qualifier === b.qualifier &&
    a.subject === b.subject &&
    a.illustrative === b.illustrative
  );
}

function differenceOfFew(before: readonly Line[], after: readonly Line[]): readonly Posting[] {
  const stays = after.map(() => false);
  const postings: Posting[] = [];
  for (const line of before) {
    const at = after.findIndex((other, index) => stays[index] === false && same(line, other));
    if (at === -1) postings.push({ sign: -1, line });
    else stays[at] = true;
  }
  for (const [at, line] of after.entries()) if (stays[at] === false) postings.push({ sign: 1, line });
  return postings;
}

/**
 * What to post so that the lines of a thing become `after`: what went negative, what came positive, what
 * stayed not at all. Equal lines are counted (two equal lines of one thing are two).
 */
export function difference(before: readonly Line[], after: readonly Line[]): readonly Posting[] {
  if (before.length === 0) return after.map((line) => ({ sign: 1, line }));
  if (before.length * after.length <= fewPairs) return differenceOfFew(before, after);
  const kept = new Map<string, number>();
  for (const line of after) {
    const text = identity(line);
    kept.set(text, (kept.get(text) ?? 0) + 1);
  }
  const postings: Posting[] = [];
  const matched = new Map<string, number>();
  for (const line of before) {
    const text = identity(line);
    const used = matched.get(text) ?? 0;
    if (used < (kept.get(text) ?? 0)) matched.set(text, used + 1);
    else postings.push({ sign: -1, line });
  }
  for (const line of after) {
    const text = identity(line);
    const still = matched.get(text) ?? 0;
    if (still > 0) matched.set(text, still - 1);
    else postings.push({ sign: 1, line });
  }
  return postings;
}
