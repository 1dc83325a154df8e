import { SingleBar } from 'cli-progress';

/** Says what is being measured: in a terminal one line that changes, with a bar where it is known how far it is. */
export class ProgressLine {
  readonly #bar = new SingleBar({
    stream: process.stderr,
    format: '{doing} {bar} {value}/{total}',
    hideCursor: true,
    clearOnComplete: true,
  });
  #doing = '';

  constructor(readonly stream: NodeJS.WriteStream) {}

  say(doing: string, progress?: { readonly done: number; readonly of: number }): void {
    if (!this.stream.isTTY) {
      // In a file or a pipe every step once.
      if (doing !== this.#doing) this.stream.write(`bench: ${doing}\n`);
      this.#doing = doing;
      return;
    }
    const { done, of } = progress ?? { done: 0, of: 1 };
    if (doing !== this.#doing) {
      this.#bar.stop();
      this.#bar.start(of, done, { doing });
    }
    this.#doing = doing;
    this.#bar.update(done, { doing });
  }

  end(): void {
    this.#bar.stop();
  }
}
