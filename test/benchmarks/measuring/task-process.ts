import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Sample } from './sample';

/** A run that ended without a result. */
export class TaskFailedError extends Error {
  readonly code = 'TASK_FAILED';
}

/** How far a task has come, as it says on its error output. */
const progressLine = /^done (\d+)$/;

/**
 * Runs a task in a process of its own, so that its memory, its processor time and what its engine has learnt are its
 * own, and its files are closed when it has ended. The task reads one JSON value from its input and prints a sample
 * as its last line.
 * @throws TaskFailedError with what the process said
 */
export async function runTask(
  file: string,
  input: unknown,
  onProgress: (done: number) => void = () => undefined,
): Promise<Sample> {
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'pipe'] });
  const endWithUs = (): void => void child.kill();
  process.once('exit', endWithUs);
  let [printed, said] = ['', ''];
  child.stdout.on('data', (part: Buffer) => (printed += part.toString()));
  child.stderr.on('data', (part: Buffer) => {
    const lines = (said + part.toString()).split('\n');
    for (const line of lines) {
      const done = progressLine.exec(line)?.[1];
      if (done !== undefined) onProgress(Number(done));
    }
    said = lines.filter((line) => !progressLine.test(line)).join('\n');
  });
  child.stdin.end(JSON.stringify(input));
  // The arguments of this event are the exit code and the signal.
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  const last = printed.trim().split('\n').at(-1) ?? '';
  process.off('exit', endWithUs);
  if (code !== 0 || last === '')
    throw new TaskFailedError(
      `It ended with ${code ?? signal}: ${(said.trim() || printed.trim()).slice(-2000)}`,
    );
  // Our own tasks print nothing else as their last line.
  return JSON.parse(last) as Sample;
}

/** Says how far a task has come. */
export function sayDone(done: number): void {
  process.stderr.write(`done ${done}\n`);
}

/**
 * The other side: reads the input, does the task, prints its sample. The process ends by itself and is not ended:
 * some drivers let go of a file, and write its log back, only then.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- each task says what the line that runs it sends
export function serveTask<Input>(task: (input: Input) => Promise<Sample>): void {
  const run = async (): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of process.stdin) parts.push(Buffer.from(part));
    // What `runTask` was given by the line that runs this task.
    const sample = await task(JSON.parse(Buffer.concat(parts).toString('utf8')) as Input);
    process.stdout.write(`${JSON.stringify(sample)}\n`);
  };
  // Whatever the task has started ends with it.
  process.once('SIGTERM', () => process.exit(143));
  run().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  });
}
