import { sameBytes } from '../bytes';
import type { FindingCode } from './finding';

/** How many leaves after the first difference are looked at to say what happened. */
const lookAhead = 2;

/** The first place at which the leaves of a log are not those that were listed when it was sealed, and a little after it. */
export class Difference {
  readonly #found: Uint8Array[] = [];
  readonly #listed: Uint8Array[] = [];

  constructor(readonly index: number) {}

  /** Takes the next leaf of each; either may have ended. */
  see(found: Uint8Array | undefined, listed: Uint8Array | undefined): void {
    if (found !== undefined && this.#found.length < lookAhead) this.#found.push(found.slice());
    if (listed !== undefined && this.#listed.length < lookAhead) this.#listed.push(listed.slice());
  }

  /** What seems to have happened at this place. */
  get kind(): FindingCode {
    const [found, foundNext] = this.#found;
    const [listed, listedNext] = this.#listed;
    const same = (one: Uint8Array | undefined, other: Uint8Array | undefined): boolean =>
      one !== undefined && other !== undefined && sameBytes(one, other);
    const [moved, back] = [same(found, listedNext), same(foundNext, listed)];
    if (moved && back) return 'EVENTS_REORDERED';
    if (moved) return 'EVENT_MISSING';
    return back ? 'EVENT_INSERTED' : 'EVENT_ALTERED';
  }
}
