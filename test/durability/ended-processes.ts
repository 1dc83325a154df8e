import type { ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();

/** No process that a test started outlives it, also where the test failed before it ended it. */
export function endAtLast(child: ChildProcess): void {
  running.add(child);
  child.once('exit', () => running.delete(child));
}

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});
