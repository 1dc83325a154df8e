import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { FollowedSqliteLog, type AppendRequest } from '@ledger/event-log';
import { SayingProcess } from '../durability/saying-process';
import { PublisherProcess } from '../kafka/publisher-process';
import { OwnDatabase } from '../postgres/own-database';
import { ProjectorProcess } from '../postgres/projector-process';
import type { Engines } from './engines';
import { globalFindings } from './global-check';
import { loadedAppends, type LoadedPlan } from './loaded-appends';

/** How often it is looked how far processes have come, in milliseconds. */
const lookEvery = 20;

/** What is recorded: what the plan says, so many events a second. */
export interface Load extends LoadedPlan {
  readonly perSecond: number;
  /** What the projector reads; the topic unless said. */
  readonly projectedFrom?: 'topic' | 'log';
}

export const processNames = ['recorder', 'publisher', 'projector'] as const;
export type ProcessName = (typeof processNames)[number];

/** A service that says how it stands. */
type Service = PublisherProcess | ProjectorProcess;

/** How a service says that it stands. */
interface Standing {
  readonly ready: boolean;
  readonly position: bigint;
  readonly hindrance: string | undefined;
}

/** @throws where the service has ended, with what it printed */
async function standingOf(service: Service): Promise<Standing> {
  await service.saying('Health is at');
  const response = await fetch(`${service.url}/health/ready`).catch((error: unknown) => {
    throw new Error(`The ${service.called} does not answer, having printed: ${service.printed}`, {
      cause: error,
    });
  });
  // What every program of ours answers there.
  const { position = '0', hindrance } = (await response.json()) as Readonly<Record<string, string>>;
  // While it is being built, a place is a number and not one in the log.
  return { ready: response.status === 200, position: BigInt(position), hindrance };
}

/** A ledger scaled out, under load: who records, publishes and projects are processes that may be killed. */
export class ScaledOutLedger {
  readonly folder = mkdtempSync(join(tmpdir(), 'scaled-out-'));
  readonly topic = `ledger-${randomUUID()}`;
  readonly #appends: readonly AppendRequest[];
  #recorder: SayingProcess | undefined;
  #publisher: PublisherProcess | undefined;
  #projector: ProjectorProcess | undefined;
  /** What recorders have said that were killed. */
  #said = '';

  private constructor(
    readonly engines: Engines,
    readonly load: Load,
    readonly database: OwnDatabase,
  ) {
    this.#appends = loadedAppends(load);
  }

  /** Makes one and lets its processes begin. @param tablespace where its read models lie */
  static async begin(engines: Engines, load: Load, tablespace?: string): Promise<ScaledOutLedger> {
    const database = await OwnDatabase.make(engines.server.addressBy(), tablespace);
    const ledger = new ScaledOutLedger(engines, load, database);
    for (const name of processNames) await ledger.start(name);
    return ledger;
  }

  get logFile(): string {
    return join(this.folder, 'log.db');
  }

  async start(name: ProcessName): Promise<void> {
    if (name === 'recorder') {
      const { seed, events, perSecond, poison = false } = this.load;
      const words = [this.folder, perSecond, seed, events, ...(poison ? ['poison'] : [])];
      this.#recorder = SayingProcess.start('recorder', words);
      // Those who follow a log need one.
      await this.#recorder.saying(1);
    } else if (name === 'publisher')
      this.#publisher = PublisherProcess.start(this.logFile, this.engines.broker.address, this.topic);
    else this.#projector = this.#startProjector();
  }

  #startProjector(): ProjectorProcess {
    const readModels = this.database.addressBy(this.engines.toServer.port);
    return this.load.projectedFrom === 'log'
      ? ProjectorProcess.start(`sqlite:${this.logFile}`, readModels)
      : ProjectorProcess.fromTopic({ brokers: this.engines.broker.address, topic: this.topic, readModels });
  }

  /** Kills a process, with no chance to do anything more; whether it had not ended before. */
  async kill(name: ProcessName): Promise<boolean> {
    if (name === 'recorder') {
      const recorder = this.#recorder;
      const killed = (await recorder?.kill()) ?? false;
      this.#said += recorder?.said ?? '';
      this.#recorder = undefined;
      return killed;
    }
    const service = this.#service(name);
    await service.end('SIGKILL');
    return service.child.signalCode === 'SIGKILL';
  }

  #service(name: Exclude<ProcessName, 'recorder'>): Service {
    const service = name === 'publisher' ? this.#publisher : this.#projector;
    if (service === undefined) throw new Error(`The ${name} has not been started`);
    return service;
  }

  async #head(): Promise<bigint> {
    const log = FollowedSqliteLog.open(this.logFile);
    try {
      return (await log.head()).position;
    } finally {
      await log.close();
    }
  }

  /** Resolves when so many events are recorded. */
  async whenRecorded(events: number): Promise<void> {
    while ((await this.#head()) < BigInt(events)) await after(lookEvery);
  }

  /** Resolves when a service says what hinders it, in words that match; @throws where it has ended */
  async whenHindered(name: Exclude<ProcessName, 'recorder'>, words: RegExp): Promise<void> {
    while (!words.test((await standingOf(this.#service(name))).hindrance ?? '')) await after(lookEvery);
  }

  /** Resolves when everything is recorded, published and applied, and nothing hinders anybody any more. */
  async caughtUp(): Promise<void> {
    this.#said += (await this.#recorder?.ended()) ?? '';
    this.#recorder = undefined;
    const head = await this.#head();
    for (const name of ['publisher', 'projector'] as const)
      for (;;) {
        const { ready, position } = await standingOf(this.#service(name));
        if (ready && position === head) break;
        await after(lookEvery);
      }
  }

  /** Waits until all is recorded, published and applied, and checks the whole; sentences of what is wrong. */
  async findings(): Promise<readonly string[]> {
    await this.caughtUp();
    return globalFindings({
      folder: this.folder,
      appends: this.#appends,
      said: this.#said,
      readModels: this.database.address,
      broker: this.engines.broker.address,
      topic: this.topic,
    });
  }

  /** Ends its processes and removes what it has kept. */
  async remove(): Promise<void> {
    for (const service of [this.#publisher, this.#projector]) await service?.end('SIGKILL');
    await this.#recorder?.kill();
    await this.database.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
