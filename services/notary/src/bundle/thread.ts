import { parentPort, Worker, type WorkerOptions } from 'node:worker_threads';

/** What a thread says: how far it is, what it came to, or why it came to nothing. */
type Said<T> =
  | { readonly progress: readonly [done: number, of: number] }
  | { readonly result: T }
  | { readonly error: { readonly message: string; readonly code: unknown } };

/** What the thread was given, and who is told how far it is. */
interface ThreadCall extends Pick<WorkerOptions, 'resourceLimits'> {
  readonly workerData: unknown;
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

/** Does work in a thread of its own, whose memory is bounded and given back when it ends. @throws what the work threw, by message and code */
export async function inThread<T>(file: string, { onProgress, ...options }: ThreadCall): Promise<T> {
  const thread = new Worker(file, options);
  try {
    return await new Promise<T>((resolve, reject) => {
      thread.on('message', (said: Said<T>) => {
        if ('progress' in said) onProgress?.(...said.progress);
        else if ('result' in said) resolve(said.result);
        else reject(Object.assign(new Error(said.error.message), { code: said.error.code }));
      });
      thread.on('error', reject);
      thread.on('exit', () => reject(new Error('The thread that verifies has ended before it was done')));
    });
  } finally {
    await thread.terminate();
  }
}

/** Tells whoever waits for this thread how far it is. */
export function sayProgress(done: number, of: number): void {
  parentPort?.postMessage({ progress: [done, of] }, []);
}

/** Does the work of this thread, and says what it came to. */
export function answerWith<T>(work: Promise<T>): void {
  const say = (said: Said<T>): void => parentPort?.postMessage(said, []);
  work.then(
    (result) => say({ result }),
    (error: unknown) =>
      say({
        error: {
          message: error instanceof Error ? error.message : String(error),
          code: error instanceof Error && 'code' in error ? error.code : undefined,
        },
      }),
  );
}
