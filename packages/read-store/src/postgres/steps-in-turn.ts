import type { PostgresDatabase, Queryable } from '@ledger/postgres';
import { Interning } from './interning';
import { StagedStep, writeSteps } from './staged-step';

/** A step of a partition. */
export interface PartitionStep {
  readonly partition: number;
  /** Moves the checkpoint by compare-and-set. @throws CheckpointMovedError */
  readonly move: (transaction: Queryable) => Promise<void>;
}

/** A step of which it is known what it writes. */
interface GatheredStep extends PartitionStep {
  readonly staged: StagedStep;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

const ignored = (): undefined => undefined;

/**
 * Steps, of which one is gathered after another. While the server writes some, the next ones are gathered, and those that
 * wait for it then are written in one transaction: so the server and this process work at the same time, and partitions
 * that come on together cost one commit.
 */
export class StepsInTurn {
  #gathering: Promise<unknown> = Promise.resolve();
  #waiting: GatheredStep[] = [];
  #writing: Promise<void> | undefined;
  /** The last step of each partition: what comes after it reads what it has written. */
  readonly #last = new Map<number, Promise<unknown>>();

  readonly #interning: Interning;

  constructor(readonly database: PostgresDatabase) {
    this.#interning = new Interning(database);
  }

  /** @throws CheckpointMovedError, PostgresError, and whatever `work` throws: then nothing of the step is written */
  async take(step: PartitionStep, work: (staged: StagedStep) => Promise<void>): Promise<void> {
    const before = this.#last.get(step.partition);
    const gathered = this.#gathering.then(async () => {
      await before;
      const staged = new StagedStep(async (dictionary, keys) => this.#interning.numbersOf(dictionary, keys));
      await work(staged);
      return staged;
    });
    const written = gathered.then(async (staged) => this.#written(step, staged));
    // A failed step is the business of its caller, not of the next one in turn.
    this.#gathering = gathered.catch(ignored);
    this.#last.set(step.partition, written.catch(ignored));
    await written;
  }

  /** Resolves when everything that was asked for is written, or has failed. */
  async settled(): Promise<void> {
    await this.#gathering;
    await Promise.all(this.#last.values());
    await this.#writing;
  }

  async #written(step: PartitionStep, staged: StagedStep): Promise<void> {
    const written = new Promise<void>((done, failed) =>
      this.#waiting.push({ ...step, staged, done, failed }),
    );
    this.#writing ??= this.#writeAll();
    await written;
  }

  /** Never rejects. */
  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      if (!(await this.#wroteTogether(group))) for (const one of group) await this.#write(one);
    }
    this.#writing = undefined;
  }

  /** Whether several steps were written in one transaction: where one of them fails, none is. */
  async #wroteTogether(group: readonly GatheredStep[]): Promise<boolean> {
    if (group.length < 2) return false;
    try {
      await this.#transact(group);
    } catch {
      // Each is tried by itself: what is wrong with one is no fault of the others.
      return false;
    }
    for (const { done } of group) done();
    return true;
  }

  async #write(one: GatheredStep): Promise<void> {
    try {
      await this.#transact([one]);
      one.done();
    } catch (error) {
      one.failed(error);
    }
  }

  async #transact(group: readonly GatheredStep[]): Promise<void> {
    const inOrder = [...group].sort((one, other) => one.partition - other.partition);
    await this.database.transaction(async (transaction) => {
      // First of all: a projector that is not the only one of its partition any more waits here for the other one, and
      // then writes nothing.
      for (const { move } of inOrder) await move(transaction);
      await writeSteps(
        transaction,
        inOrder.map(({ staged }) => staged),
      );
    });
  }
}
