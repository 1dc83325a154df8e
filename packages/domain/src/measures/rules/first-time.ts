import type { CountingRule } from '../evaluation';
import { grouped } from './grouping';
import { lies, type StandingLine } from '../standing-line';

type Answer = 'yes' | 'no' | 'cannot tell' | 'not known';

/** *Before* means that the earlier ended before the later began (design section 5). */
function before(earlier: StandingLine, later: StandingLine): boolean {
  return earlier.line.to < later.line.from;
}

/** Whether the earliest of a body's deliveries in the span was its first ever. `lines` are all of one body. */
function firstTime(lines: readonly StandingLine[], inSpan: readonly StandingLine[]): Answer {
  const had = lines.filter(({ line }) => line.kind === 'earlier' && line.subject === 'had');
  if (inSpan.every((later) => had.some((earlier) => before(earlier, later)))) return 'no';
  const support = lines.filter(({ line }) => line.kind !== 'earlier');
  if (inSpan.every((later) => support.some((earlier) => before(earlier, later)))) return 'no';
  const inside = new Set(inSpan);
  // A delivery that is neither surely in the span nor surely after it may have come first.
  const unsure = support.some((other) => !inside.has(other) && !inSpan.some((later) => before(later, other)));
  if (unsure) return 'cannot tell';
  const none = lines.some(({ line }) => line.kind === 'earlier' && line.subject === 'none');
  return none ? 'yes' : 'not known';
}

/**
 * Bodies whose first delivery lies in the span. Without a declaration about the time before the ledger a body is
 * "not known", never "first time". A successor inherits nothing from the bodies it replaced.
 */
export const firstTimeRule: CountingRule = {
  id: 'first-time/1',
  sequence: true,
  words:
    'A body counts where its first delivery lies in the year and it is declared to have had none before the ledger. ' +
    'A successor body inherits nothing.',
  evaluate: ({ lines, span }) => {
    const byBody = grouped(lines, ({ line }) => line.body ?? '');
    const bodies = new Set<string>();
    const counted: StandingLine[] = [];
    const others = new Map<Answer, number>();
    for (const [body, ofBody] of byBody) {
      const inSpan = ofBody.filter(({ line }) => line.kind !== 'earlier' && lies(line, span));
      if (body === '' || inSpan.length === 0) continue;
      const answer = firstTime(ofBody, inSpan);
      if (answer === 'yes') {
        bodies.add(body);
        counted.push(...inSpan);
      } else others.set(answer, (others.get(answer) ?? 0) + 1);
    }
    return {
      value: bodies.size,
      base: bodies.size + [...others.values()].reduce((sum, count) => sum + count, 0),
      lines: counted,
      bodies,
      remainders: [...others].map(([label, count]) => ({ label, count })),
    };
  },
};
