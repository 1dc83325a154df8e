/** A program that has been started. */
export interface Started {
  /** Resolves where it has no end of its own; rejects with why it cannot go on. */
  readonly running: Promise<unknown>;
  /** Ends what is under way in good order. */
  stop(): Promise<void>;
}

/** How a program says what it does. */
export type Say = (line: string) => void;

/** How a program says why it ends: its own words, or the message of the error. */
export interface Ending {
  /** Before the reason: “The projector ends”. */
  readonly title: string;
  readonly plain?: (error: NodeJS.ErrnoException) => string | undefined;
}

/**
 * Runs a program until it is told to stop (SIGTERM, SIGINT) or cannot go on: then it ends with one plain line and exit
 * code 1. Stopped, it finishes what is under way and ends with exit code 0.
 */
export function runProgram(start: (say: Say) => Promise<Started>, { title, plain }: Ending): void {
  const say: Say = (line) => process.stdout.write(`${line}\n`);
  const fail = (thrown: unknown): never => {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    process.stderr.write(`${title}: ${plain?.(error) ?? error.message}\n`);
    process.exit(1);
  };
  const run = async (): Promise<void> => {
    const started = await start(say);
    let stopping = false;
    const end = (): void => {
      if (stopping) return;
      stopping = true;
      started.stop().then(() => process.exit(0), fail);
    };
    process.on('SIGTERM', end);
    process.on('SIGINT', end);
    await started.running.catch((error: unknown) => {
      // What ends because it was stopped has not failed.
      if (!stopping) fail(error);
    });
  };
  run().catch(fail);
}

/** What to do where a server cannot listen. */
export function listeningPlain(another: string): (error: NodeJS.ErrnoException) => string | undefined {
  return ({ code }) =>
    code === 'EADDRINUSE'
      ? `The port is taken by another program; stop that one, or choose another with PORT=${another}.`
      : undefined;
}
