import { followLog, type FollowedLog, type LogAddress, type OpenLogOptions } from '@ledger/event-log';
import type { AroundEvents } from '@ledger/operations';
import { ReadModels, rebuildHere, together, type Rebuilder } from '@ledger/projections';
import { PostgresShelf } from '@ledger/read-store';
import { rebuildWithHelper } from '@ledger/threads';
import { passes, pause } from './passing';
import type { Keeping, Standing } from './standing';

/**
 * How many events are applied in one transaction while catching up: an event touches many segments, and those that several
 * touch are written once. Nobody is kept waiting here while a page is folded, as nobody asks questions of this process.
 */
const pageSize = 5000;
/** No log comes to this position: waiting for it is waiting for following to fail. */
const never = 2n ** 62n;

/** Read models that projectors keep from a topic: this one would keep others beside them, that nobody asks. */
export class KeptFromTopicError extends Error {
  readonly code = 'KEPT_FROM_TOPIC';
  constructor() {
    super(
      'The read models of LEDGER_READ_MODELS are kept from a topic. Set LEDGER_KAFKA, so that this projector helps to keep them, or name another database.',
    );
    this.name = 'KeptFromTopicError';
  }
}

/** Keeps the read models of one log in PostgreSQL. */
export class Projector implements Keeping {
  readonly #abort = new AbortController();
  readonly #log: FollowedLog;
  readonly #address: string;
  readonly #rebuilder: Rebuilder;
  #shelf: PostgresShelf | undefined;
  #models: ReadModels | undefined;
  #standing: Standing = { state: 'opening' };

  private constructor(
    log: FollowedLog,
    address: string,
    rebuilder: Rebuilder,
    readonly around: AroundEvents,
  ) {
    this.#log = log;
    this.#address = address;
    this.#rebuilder = rebuilder;
  }

  /**
   * @param readModels the address of the database; it holds a password, and is never shown
   * @throws SqliteError where the log is missing or is none; EventLogError where KurrentDB is away, or refuses
   */
  static async of(
    settings: OpenLogOptions & {
      readonly log: LogAddress;
      readonly readModels: string;
      readonly around: AroundEvents;
    },
  ): Promise<Projector> {
    const log = await followLog(settings.log, settings);
    // A file can be read by two threads at once.
    const rebuilder =
      settings.log.engine === 'sqlite' ? rebuildWithHelper({ logFile: settings.log.file }) : rebuildHere(log);
    return new Projector(log, settings.readModels, rebuilder, settings.around);
  }

  /**
   * Builds what is missing, and resolves when all that is recorded is applied; goes on following until it is stopped.
   * Waits for a database that cannot be reached.
   */
  async start(): Promise<void> {
    const { signal } = this.#abort;
    while (!signal.aborted)
      try {
        this.#models = await this.#open();
        return;
      } catch (error) {
        if (!passes(error)) throw error;
        this.#standing = { state: 'opening', hindrance: error.message };
        await pause(signal);
      }
  }

  async #open(): Promise<ReadModels> {
    this.#shelf ??= await PostgresShelf.open(this.#address);
    if ((await this.#shelf.inUse(together)) > 0) throw new KeptFromTopicError();
    return ReadModels.open({
      shelf: this.#shelf,
      log: this.#log,
      // No question is asked here.
      figures: [],
      rebuilder: this.#rebuilder,
      pageSize,
      aroundApplying: this.around,
      onProgress: (progress) => (this.#standing = { state: 'building', ...progress }),
      whenToRetry: async (error, signal) => {
        if (!passes(error)) throw error;
        await pause(signal);
      },
    });
  }

  /** Resolves never; rejects with why following has ended, where it was not stopped. */
  async failed(): Promise<never> {
    await this.#models?.whenApplied(never);
    throw new Error('The projector has not been started');
  }

  async standing(): Promise<Standing> {
    const models = this.#models;
    if (models === undefined) return this.#standing;
    const { hindrance } = models;
    return {
      state: 'following',
      position: String(models.applied),
      head: String((await this.#log.head()).position),
      ...(hindrance instanceof Error && { hindrance: hindrance.message }),
    };
  }

  /** How many events are parked in all projections. */
  async parked(): Promise<number> {
    if (this.#models === undefined) return 0;
    const { figures, documents } = await this.#models.parked();
    return figures + documents;
  }

  /** Stops after what is being applied. */
  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#models?.close();
    await this.#shelf?.close();
    await this.#log.close();
  }
}
