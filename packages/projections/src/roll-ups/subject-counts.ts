import type { ReadStore } from '@ledger/read-store';
import type { LineIndex } from '../lines/line-index';
import { gone, unpackLines } from '../lines/posting-codec';
import { isIn, ofBodies, supportKinds, type RollUp } from './roll-up';

type Column = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** How many lines each body or person of a roll-up has: a small cell for each number, wider where one needs it. */
export class SubjectCounts {
  #counts: Column = new Uint8Array(64);
  #most = 0xff;

  /** Bytes it takes. */
  get bytes(): number {
    return this.#counts.byteLength;
  }

  has(subject: number): boolean {
    return (this.#counts[subject] ?? 0) > 0;
  }

  /** One line more; returns how many there were. */
  increase(subject: number): number {
    if (subject >= this.#counts.length) this.#grow(subject + 1);
    const count = this.#counts[subject] ?? 0;
    if (count === this.#most) this.#widen();
    this.#counts[subject] = count + 1;
    return count;
  }

  /** One line less. @throws RangeError where there is none */
  decrease(subject: number): void {
    const count = this.#counts[subject] ?? 0;
    if (count === 0) throw new RangeError('A line went that never came');
    this.#counts[subject] = count - 1;
  }

  #grow(length: number): void {
    const old = this.#counts;
    const cells = Math.max(length, old.length * 2);
    const grown =
      old instanceof Uint8Array
        ? new Uint8Array(cells)
        : old instanceof Uint16Array
          ? new Uint16Array(cells)
          : new Uint32Array(cells);
    grown.set(old);
    this.#counts = grown;
  }

  #widen(): void {
    const old = this.#counts;
    this.#counts = old instanceof Uint8Array ? Uint16Array.from(old) : Uint32Array.from(old);
    this.#most = old instanceof Uint8Array ? 0xffff : 0xffff_ffff;
  }
}

/**
 * Counts anew, from the lines of one partition that are in the store, how many lines each subject of a roll-up has.
 * So counts need no table of their own: they are kept in memory while they are used, and counted when they are not.
 */
export async function countSubjects(
  store: ReadStore,
  index: LineIndex,
  rollUp: RollUp,
  partition: number,
): Promise<SubjectCounts> {
  const counts = new SubjectCounts();
  const bodies = ofBodies(rollUp.family);
  const kinds = rollUp.family === 'offer-bodies' ? supportKinds : [rollUp.kind];
  for (const kind of kinds)
    for (const { number, sheet } of index.sheetsOf(kind, [rollUp.year])) {
      if (sheet.illustrative !== rollUp.illustrative) continue;
      if (rollUp.event !== null && sheet.event !== rollUp.event) continue;
      if (rollUp.family === 'offer-bodies' && sheet.offer !== rollUp.offer) continue;
      // Few manners, many lines: each manner is judged once.
      const judged: (boolean | undefined)[] = [];
      const counted = (manner: number): boolean => {
        const { role, party } = index.manner(manner);
        return (judged[manner] ??= isIn(rollUp, sheet, role, party));
      };
      for (const segment of await store.segments([number], Number.MAX_SAFE_INTEGER)) {
        if (segment.partition !== partition) continue;
        unpackLines(
          segment.bytes,
          segment.first,
          Infinity,
          (_position, _thing, manner, body, person, flags) => {
            const subject = bodies ? body : person;
            if (subject === 0 || !counted(manner)) return;
            if (flags & gone) counts.decrease(subject);
            else counts.increase(subject);
          },
        );
      }
    }
  return counts;
}
