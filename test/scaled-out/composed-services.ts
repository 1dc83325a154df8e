import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ownServices, root, type Service } from '../deployment/compose-file';
import { OwnDatabase } from '../postgres/own-database';
import { freePort } from '../running/free-port';

/** Between a health check that failed and the next, in milliseconds. */
const betweenChecks = 200;

/** A service of docker-compose.yml, run as a process of this machine. */
interface Composed {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly healthcheck: readonly string[];
  /** Ports in its container by those on this machine. */
  readonly ports: ReadonlyMap<string, number>;
}

/** A program of one service; started again where it ends by itself, as its container would be. */
class ComposedProcess {
  #child: ChildProcess | undefined;
  #stopping = false;
  /** What it has printed, for whoever has to find out why something failed. */
  printed = '';

  constructor(readonly service: Composed) {
    this.#start();
  }

  #start(): void {
    const [program = '', ...args] = this.service.command;
    const child = spawn(program, args, {
      cwd: root,
      env: { ...this.service.environment, PATH: process.env['PATH'] ?? '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => (this.printed += text.toString()));
    child.once('exit', () => {
      if (!this.#stopping) this.#start();
    });
    this.#child = child;
  }

  /** Resolves when its own health check says that it is well. */
  async healthy(): Promise<void> {
    while (!(await succeeds(this.service.healthcheck))) await pause(betweenChecks);
  }

  /** Tells it to stop, as its container is told; the exit code, null where it had to be killed. */
  async stop(signal: NodeJS.Signals): Promise<number | null> {
    this.#stopping = true;
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return null;
    child.kill(signal);
    await once(child, 'exit');
    return child.exitCode;
  }
}

async function succeeds([program = '', ...args]: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd: root }, (error) => resolve(error === null));
  });
}

/** `node` as it is found in the image is the one that runs this. */
const withNode = (command: readonly string[]): readonly string[] =>
  command.map((word, at) => (at === 0 && word === 'node' ? process.execPath : word));

/**
 * Every service of ours in docker-compose.yml, as a process with the command and the environment that stand there. Only where
 * things are differs: engines, folders and ports are those of this machine.
 */
export class ComposedServices {
  readonly #folder = mkdtempSync(join(tmpdir(), 'composed-'));
  readonly #topic = `ledger-${randomUUID()}`;
  readonly #processes = new Map<string, ComposedProcess>();

  private constructor(readonly databases: ReadonlyMap<string, OwnDatabase>) {}

  static async start(kafka: string): Promise<ComposedServices> {
    const databases = new Map<string, OwnDatabase>();
    for (const name of ['models', 'vault']) databases.set(name, await OwnDatabase.make());
    const services = new ComposedServices(databases);
    const found: Composed[] = [];
    for (const [name, service] of ownServices()) found.push(await services.#compose(name, service, kafka));
    for (const service of found) services.#processes.set(service.name, new ComposedProcess(service));
    return services;
  }

  async #compose(name: string, service: Service, kafka: string): Promise<Composed> {
    const ports = new Map<string, number>();
    const here = async (port: string): Promise<number> => {
      const known = ports.get(port) ?? (await freePort());
      ports.set(port, known);
      return known;
    };
    const environment: Record<string, string> = {};
    for (const [setting, value] of Object.entries(service.environment))
      environment[setting] =
        setting === 'PORT'
          ? String(await here(value))
          : setting === 'LEDGER_OPERATIONS'
            ? `127.0.0.1:${await here(value.split(':').at(-1) ?? '')}`
            : this.#onThisMachine(value, kafka);
    // A broker that was named for the tests may have a topic of that name.
    if (environment['LEDGER_KAFKA'] !== undefined) environment['LEDGER_KAFKA_TOPIC'] = this.#topic;
    const [, ...check] = service.healthcheck?.test ?? [];
    return {
      name,
      command: withNode(service.command ?? []),
      environment,
      healthcheck: withNode(check).map((word) => String(ports.get(word) ?? word)),
      ports,
    };
  }

  /** What a setting means inside the containers, where it is on this machine. */
  #onThisMachine(value: string, kafka: string): string {
    if (value === '0.0.0.0') return '127.0.0.1';
    const database = /^postgresql:.*@postgres:5432\/(\w+)$/.exec(value)?.[1];
    if (database !== undefined) return this.databases.get(database)?.address ?? value;
    return value
      .replace(/\bkafka:9092\b/, kafka)
      .replace(/(^|:)\/(data|keys)(?=\/)/, (_all, before: string, folder: string) => {
        mkdirSync(join(this.#folder, folder, 'log'), { recursive: true });
        return `${before}${this.#folder}/${folder}`;
      });
  }

  get names(): readonly string[] {
    return [...this.#processes.keys()];
  }

  #process(name: string): ComposedProcess {
    const found = this.#processes.get(name);
    if (found === undefined) throw new Error(`There is no service ${name}`);
    return found;
  }

  /** Resolves when every health check of the file says that all is well. */
  async healthy(): Promise<void> {
    for (const process of this.#processes.values()) await process.healthy();
  }

  /** The address on this machine of a port in a container: `reporting:8082`. */
  address(target: string): string {
    const [name = '', port = ''] = target.split(':');
    const here = this.#process(name).service.ports.get(port);
    if (here === undefined) throw new Error(`The service ${name} has no port ${port}`);
    return `http://127.0.0.1:${here}`;
  }

  /** What a service has printed. */
  printed(name: string): string {
    return this.#process(name).printed;
  }

  /** Tells all to stop; the exit code of each. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Readonly<Record<string, number | null>>> {
    const stopped = [...this.#processes].map(async ([name, process]) => [name, await process.stop(signal)]);
    return Object.fromEntries(await Promise.all(stopped)) as Record<string, number | null>; // Pairs of just these.
  }

  async remove(): Promise<void> {
    await this.stop('SIGKILL');
    for (const database of this.databases.values()) await database.drop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
