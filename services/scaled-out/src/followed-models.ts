import { setTimeout as after } from 'node:timers/promises';
import { figureMapping } from '@ledger/demonstration';
import type { FollowedLog } from '@ledger/event-log';
import { SharedReadModels } from '@ledger/projections';
import { PostgresShelf } from '@ledger/read-store';
import type { ServedModels } from '@ledger/standalone';
import { comesLater, waitingFor, type Waiting } from './waiting';

/** How often it is looked how far the projectors have come, in milliseconds: always, and while somebody waits for it. */
const lookEvery = { always: 1000, waitedFor: 20 } as const;

/** Read models in PostgreSQL that projectors in other processes keep. */
export class FollowedModels implements ServedModels {
  readonly #shelf: PostgresShelf;
  readonly #shared: SharedReadModels;
  readonly #looking: NodeJS.Timeout;
  #applied = 0n;
  #unreachable: Error | undefined;

  private constructor(shelf: PostgresShelf, shared: SharedReadModels) {
    this.#shelf = shelf;
    this.#shared = shared;
    // Said by `unreachable` until a look succeeds.
    this.#looking = setInterval(() => void this.#look().catch(() => undefined), lookEvery.always);
    this.#looking.unref();
  }

  /**
   * Opens the read models of a database, waiting for the database and for those who build them.
   * @throws the signal’s reason, PostgresError
   */
  static async open(
    address: string,
    log: Pick<FollowedLog, 'head' | 'positionAt' | 'readPage' | 'readStream' | 'subscribe'>,
    waiting: Waiting,
  ): Promise<FollowedModels> {
    const shelf = await waitingFor(async () => PostgresShelf.open(address), waiting);
    const models = new FollowedModels(shelf, new SharedReadModels({ shelf, log, figures: figureMapping }));
    try {
      await waitingFor(async () => models.#look(), waiting);
      return models;
    } catch (error) {
      await models.close();
      throw error;
    }
  }

  async #look(): Promise<void> {
    try {
      this.#applied = await this.#shared.applied();
      this.#unreachable = undefined;
    } catch (error) {
      this.#unreachable = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  }

  /** The position applied, as it was when it was last looked. */
  get applied(): bigint {
    return this.#applied;
  }

  /** Why nothing can be answered now; undefined where it can. */
  get unreachable(): Error | undefined {
    return this.#unreachable;
  }

  get queries(): ServedModels['queries'] {
    return this.#shared.queries;
  }

  get reference(): ServedModels['reference'] {
    return this.#shared.reference;
  }

  get rebuilding(): boolean {
    return this.#shared.rebuilding;
  }

  /** What is built, and what could not be, the projector says. */
  readonly underWay = [];
  readonly failed = [];

  async parked(): ReturnType<ServedModels['parked']> {
    return this.#shared.parked();
  }

  async parkedEvents(): ReturnType<ServedModels['parkedEvents']> {
    return this.#shared.parkedEvents();
  }

  async reading<T>(work: Parameters<typeof SharedReadModels.prototype.reading<T>>[0]): Promise<T> {
    return this.#shared.reading(work);
  }

  /** Resolves when every projection has applied a position; rejects when the signal says so. */
  async whenApplied(position: bigint, signal?: AbortSignal): Promise<void> {
    for (;;) {
      signal?.throwIfAborted();
      await this.#look().catch((error: unknown) => {
        if (!comesLater(error)) throw error;
      });
      if (this.#applied >= position) return;
      await after(lookEvery.waitedFor, undefined, signal === undefined ? {} : { signal });
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#looking);
    await this.#shared.close();
    await this.#shelf.close();
  }
}
