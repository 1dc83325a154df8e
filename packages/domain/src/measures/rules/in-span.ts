import type { Evaluation, Question } from '../evaluation';
import type { Remainder } from '../remainder';
import { holdsOn, lies, mayLie, type StandingLine } from '../standing-line';

/** The lines that count in the span asked about, and how many records may belong to it but are not known to. */
function inSpan({ lines, span, kind }: Pick<Question, 'lines' | 'span' | 'kind'>): {
  counted: readonly StandingLine[];
  remainders: readonly Remainder[];
} {
  if (kind === 'stock')
    return { counted: lines.filter(({ line }) => holdsOn(line, span.to)), remainders: [] };
  const counted = lines.filter(({ line }) => lies(line, span));
  const unsure = new Set(lines.filter(({ line }) => mayLie(line, span)).map(({ thing }) => thing));
  return { counted, remainders: unsureRemainders(unsure.size) };
}

/** The row of those that may belong to the span but are not known to. */
export function unsureRemainders(count: number): readonly Remainder[] {
  return count === 0 ? [] : [{ label: 'dated too widely to be known to lie in it', count }];
}

/** The distinct bodies of lines. */
export function bodiesOf(lines: readonly StandingLine[]): Set<string> {
  const bodies = new Set<string>();
  for (const { line } of lines) if (line.body !== null) bodies.add(line.body);
  return bodies;
}

/** The sum of quantities. @throws RangeError beyond 2^53. */
export function sumOf(lines: readonly StandingLine[]): number {
  let sum = 0;
  for (const { line, count } of lines) sum += line.quantity * count;
  if (!Number.isSafeInteger(sum)) throw new RangeError('The sum is beyond 2^53');
  return sum;
}

/** An evaluation that counts the lines in the span in one way. */
export function counting(
  question: Question,
  count: (counted: readonly StandingLine[]) => number,
): Evaluation {
  const { counted, remainders } = inSpan(question);
  return { value: count(counted), lines: counted, bodies: bodiesOf(counted), remainders };
}
