import type { EventRows } from './event-rows';

/** How many streams are remembered before all are forgotten. */
const mostStreams = 2000;

/**
 * Where the log and its streams end, remembered between commits: every command asks it, and a statement outside a
 * transaction costs ten times what a look into memory does. This process alone writes the file, so what it has not
 * written has not changed.
 */
export class StreamEnds {
  readonly #revisions = new Map<string, bigint | undefined>();
  #last: number | undefined;

  constructor(readonly rows: Pick<EventRows, 'last' | 'revision'>) {}

  /** The last position, 0 where there is none. */
  last(): number {
    this.#last ??= this.rows.last();
    return this.#last;
  }

  /** The revision of a stream's last event; undefined where there is no such stream. */
  revision(stream: string): bigint | undefined {
    const known = this.#revisions.get(stream);
    if (known !== undefined || this.#revisions.has(stream)) return known;
    const revision = this.rows.revision(stream);
    if (this.#revisions.size >= mostStreams) this.#revisions.clear();
    this.#revisions.set(stream, revision);
    return revision;
  }

  /** A stream is being written to: what is known of it holds no longer, whether the write succeeds or not. */
  changes(stream: string): void {
    this.#revisions.delete(stream);
  }

  /** A commit was made: the log ends elsewhere. */
  committed(): void {
    this.#last = undefined;
  }
}
