/** Longer texts are hardly ever written twice. */
const longestShared = 200;

/**
 * The texts of a file, each held once. A parser hands out parts of the large blocks that it reads, and a part keeps its
 * whole block: what is held is a copy of its own.
 */
export class HeldTexts {
  readonly #held = new Map<string, string>();

  hold(text: string): string {
    const known = this.#held.get(text);
    if (known !== undefined) return known;
    const own = Buffer.from(text, 'utf16le').toString('utf16le');
    if (own.length <= longestShared) this.#held.set(own, own);
    return own;
  }
}
