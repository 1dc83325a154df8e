import type { CountingRule } from '../evaluation';
import type { Spell } from '../roll-ups';
import { grouped } from '../../grouped';
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
        for (const line of inSpan) counted.push(line);
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
  evaluateRollUps: async ({ year, span }, rollUps) => {
    const [first, last] = [rollUps.day(span.from), rollUps.day(span.to)];
    const support = rollUps.kinds.filter((kind) => kind !== 'earlier');
    const earlierYears = new Set(
      support.flatMap((kind) => rollUps.yearsOf(kind)).filter((one) => one < year),
    );
    // A delivery that surely lies in an earlier year ended before any of this one began: the answer is no.
    const { all: before } = await rollUps.bodies([...earlierYears], support);
    const histories = new Map<number, History>();
    const tell = (spell: Spell): void => {
      let history = histories.get(spell.body);
      if (history === undefined) {
        history = newHistory();
        histories.set(spell.body, history);
      }
      remember(history, spell, spell.from >= first && spell.to <= last);
    };
    // What begins after the year came after every delivery in it.
    await rollUps.eachSpell({ kinds: support, years: [year, null], days: { beginsBy: last } }, tell);
    await rollUps.eachSpell({ kinds: ['earlier'] }, tell);
    const bodies: number[] = [];
    const others = new Map<Answer, number>();
    let illustrative = false;
    for (const [body, history] of histories) {
      if (body === 0 || history.firstInside === Infinity) continue;
      if (before.has(body)) history.firstEnd = -Infinity;
      const answer = answerOf(history);
      if (answer === 'yes') {
        bodies.push(body);
        illustrative ||= history.illustrativeInside;
      } else others.set(answer, (others.get(answer) ?? 0) + 1);
    }
    return {
      value: bodies.length,
      base: bodies.length + [...others.values()].reduce((sum, count) => sum + count, 0),
      bodies: rollUps.ids(bodies),
      remainders: [...others].map(([label, count]) => ({ label, count })),
      illustrative,
    };
  },
};

/** Of a body's deliveries, what decides whether one was its first: extremes of their days. */
interface History {
  /** The earliest end of any delivery, and of any declared to have been before the ledger. */
  firstEnd: number;
  hadEnd: number;
  declaredNone: boolean;
  /** The earliest beginning and the earliest end of those that surely lie in the span. */
  firstInside: number;
  firstEndInside: number;
  /** The earliest beginning of all others. */
  firstOther: number;
  illustrativeInside: boolean;
}

function newHistory(): History {
  return {
    firstEnd: Infinity,
    hadEnd: Infinity,
    declaredNone: false,
    firstInside: Infinity,
    firstEndInside: Infinity,
    firstOther: Infinity,
    illustrativeInside: false,
  };
}

function remember(history: History, { kind, subject, from, to, illustrative }: Spell, inside: boolean): void {
  if (kind === 'earlier') {
    if (subject === 'had') history.hadEnd = Math.min(history.hadEnd, to);
    if (subject === 'none') history.declaredNone = true;
    return;
  }
  history.firstEnd = Math.min(history.firstEnd, to);
  if (inside) {
    history.firstInside = Math.min(history.firstInside, from);
    history.firstEndInside = Math.min(history.firstEndInside, to);
    history.illustrativeInside ||= illustrative;
  } else history.firstOther = Math.min(history.firstOther, from);
}

/** The same as `firstTime`, from the extremes: one before all in the span is one that ends before they begin. */
function answerOf(history: History): Answer {
  if (history.hadEnd < history.firstInside || history.firstEnd < history.firstInside) return 'no';
  if (history.firstOther <= history.firstEndInside) return 'cannot tell';
  return history.declaredNone ? 'yes' : 'not known';
}
