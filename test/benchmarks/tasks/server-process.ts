import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { useOfProcess, type ProcessUse } from '../measuring/machine';

/** A server that could not be started, with what it said. */
export class ServerFailedError extends Error {
  readonly code = 'SERVER_FAILED';
}

/** The program that `npm start` runs, as it is built. */
const standalone = join(dirname(require.resolve('@ledger/standalone')), 'main.js');

/** A server in a process of its own; it prints where it listens. */
export class BenchServer {
  #said = '';

  private constructor(readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (part: Buffer) => (this.#said += part.toString()));
  }

  /** Starts a script; resolves when it listens. @throws ServerFailedError */
  static async start(
    script: string,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<BenchServer> {
    const child = spawn(process.execPath, [script], {
      env: { ...process.env, ...environment, PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const server = new BenchServer(child);
    process.once('exit', () => child.kill());
    while (server.url === '') {
      if (child.exitCode !== null) throw new ServerFailedError(server.#said);
      await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
    }
    return server;
  }

  /** Starts the ledger's own server on a folder. */
  static async standalone(folder: string): Promise<BenchServer> {
    return BenchServer.start(standalone, { LEDGER_DATA: folder });
  }

  get url(): string {
    return /Listening on (http:\/\/[\d.]+:\d+)/.exec(this.#said)?.[1] ?? '';
  }

  /** @throws ServerFailedError where the process has ended */
  use(): ProcessUse {
    const use = useOfProcess(this.child.pid ?? 0);
    if (use === undefined) throw new ServerFailedError(`The server has ended: ${this.#said}`);
    return use;
  }

  /** Resolves when the server says that it is ready, asking every few milliseconds. */
  async ready(): Promise<void> {
    for (;;) {
      const response = await fetch(new URL('/health/ready', this.url)).catch(() => undefined);
      await response?.arrayBuffer();
      if (response?.status === 200) return;
      if (this.child.exitCode !== null) throw new ServerFailedError(this.#said);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }
}

/** The token of a session of a user. @throws ServerFailedError */
export async function signIn(
  url: string,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<string> {
  const response = await fetch(new URL('/api/sessions', url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const text = await response.text();
  if (response.status !== 201) throw new ServerFailedError(`Nobody was signed in: ${text}`);
  const { token } = JSON.parse(text) as { readonly token: string };
  return token;
}
