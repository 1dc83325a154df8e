import type { Claim } from './claim';
import { assuranceOf } from './claim';

/** Why two claims may count the same gain (B7). */
export type OverlapReason =
  | 'same body and service'
  | 'same body and project'
  | 'part and whole'
  | 'one project, two programmes'
  | 'equal amounts';

/** A claim as it is compared with others. */
export interface ComparedClaim extends Claim {
  /** The programme of its offer; null where it has none. */
  readonly programme: string | null;
}

/** Labels are typed by people: case and spaces tell nothing apart. */
export function foldedLabel(label: string | undefined): string | null {
  const folded = (label ?? '').toLocaleLowerCase('en-GB').replaceAll(/\s+/g, ' ').trim();
  return folded === '' ? null : folded;
}

function same(one: string | undefined, other: string | undefined): boolean {
  const folded = foldedLabel(one);
  return folded !== null && folded === foldedLabel(other);
}

/** The first and last financial year that a claim has an amount of, as the years they begin in. */
function yearsOf({ content, life }: Claim): { readonly first: number; readonly last: number } {
  const begins = (year: number): number => Math.floor(year / 100);
  const years = [
    ...content.amounts.flatMap(({ fromYear, toYear }) => [begins(fromYear), begins(toYear)]),
    ...life.deliveries.map(({ year }) => begins(year)),
  ];
  return { first: Math.min(...years), last: Math.max(...years) };
}

/** Whether their years overlap or adjoin: the later claim may say again what the earlier said. */
function meetInTime(one: Claim, other: Claim): boolean {
  const [a, b] = [yearsOf(one), yearsOf(other)];
  return a.first <= b.last + 1 && b.first <= a.last + 1;
}

/** Gains of two types are never added, so they are no double count; of a type that is not stated nobody knows. */
function mayBeOneType(one: Claim, other: Claim): boolean {
  const [a, b] = [one.content.gainType, other.content.gainType];
  return a === b || a === 'not stated' || b === 'not stated';
}

function shareABody(one: Claim, other: Claim): boolean {
  const bodies = new Set(one.content.bodies.map(({ body }) => body));
  return other.content.bodies.some(({ body }) => bodies.has(body));
}

function haveEqualAmounts(one: Claim, other: Claim): boolean {
  const amounts = new Set(one.content.amounts.map(({ grossPence }) => grossPence));
  return other.content.amounts.some(({ grossPence }) => grossPence > 0 && amounts.has(grossPence));
}

/** Whether a claim counts anything: of what is withdrawn or rejected nothing can be counted twice. */
function counts(claim: Claim): boolean {
  const state = assuranceOf(claim);
  return state !== 'withdrawn' && state !== 'rejected';
}

/**
 * Why two claims may count the same gain twice; nothing where they do not. Equal amounts alone are told, and hold nothing
 * up: all else does until somebody decides.
 */
export function overlapReasons(one: ComparedClaim, other: ComparedClaim): readonly OverlapReason[] {
  if (one.id === other.id || !counts(one) || !counts(other)) return [];
  const reasons: OverlapReason[] = [];
  if (one.life.wholes.includes(other.id) || one.life.parts.includes(other.id)) reasons.push('part and whole');
  if (mayBeOneType(one, other)) {
    if (shareABody(one, other) && meetInTime(one, other)) {
      if (same(one.content.service, other.content.service)) reasons.push('same body and service');
      if (same(one.content.project, other.content.project)) reasons.push('same body and project');
    }
    if (one.programme !== other.programme && same(one.content.project, other.content.project))
      reasons.push('one project, two programmes');
  }
  if (haveEqualAmounts(one, other)) reasons.push('equal amounts');
  return reasons;
}

/** Whether an overlap for these reasons holds a claim up until it is resolved. */
export function isBlocking(reasons: readonly OverlapReason[]): boolean {
  return reasons.some((reason) => reason !== 'equal amounts');
}
