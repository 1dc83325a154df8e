import type { LedgerQueries } from '../queries/answers';
import type { ReferenceData } from '../queries/reference-data';
import type { LogFollower } from '../runtime/follower';
import type { ProjectedStores } from '../runtime/projected-stores';
import { projections, type Projection } from '../runtime/projection';
import { build, followerOf, openAll, reached } from './building';
import { fingerprint } from './fingerprint';
import { pastElsewhere } from './past-answers';
import { queriesVia } from './queries-via';
import { appliedBy, Generation, type InUse } from './generation';
import type { ParkedEvent, ReadModelsParts, RebuildProgress, RebuildResult } from './read-models-parts';

const nothing = (): void => undefined;

/** A projection is being rebuilt already. */
export class RebuildRunningError extends Error {
  readonly code = 'REBUILD_RUNNING';
  constructor(readonly projection: Projection) {
    super(`The ${projection} are being rebuilt already; wait until that is done.`);
    this.name = 'RebuildRunningError';
  }
}

/**
 * The read models of a ledger: followed live, each projection rebuilt beside the one in use and put in its place in
 * one step, while questions go on being answered. A projection whose code has changed is rebuilt by itself at the
 * start; meanwhile its old version answers, and says so.
 */
export class ReadModels {
  readonly #parts: ReadModelsParts;
  readonly #abort = new AbortController();
  readonly #running = new Map<Projection, Promise<RebuildResult>>();
  readonly #waiting = new Set<() => void>();
  readonly #progress = new Map<Projection, RebuildProgress>();
  /** Why the new version of a projection could not be built: its old one answers still. */
  readonly #failed = new Map<Projection, Error>();
  /** The one in use, and those before it from which questions are being answered still. */
  readonly #generations = new Set<Generation>();
  #generation: Generation;
  #lastBuilt: Promise<void> = Promise.resolve();

  private constructor(parts: ReadModelsParts, models: Readonly<Record<Projection, InUse>>) {
    this.#parts = parts;
    this.#generation = this.#generationOf(models);
  }

  /** Opens what is on the shelf, builds what is missing, and follows the log; resolves when all of that is done. */
  static async open(parts: ReadModelsParts): Promise<ReadModels> {
    const models = new ReadModels(parts, await openAll(parts));
    await parts.shelf.tidy();
    for (const projection of projections)
      if (models.#generation.models[projection].follower === undefined)
        models.rebuild(projection).catch((error: unknown) => models.#fail(projection, error));
    return models;
  }

  #generationOf(models: Readonly<Record<Projection, InUse>>): Generation {
    const generation = new Generation(models, this.#parts, () => this.rebuilding);
    this.#generations.add(generation);
    return generation;
  }

  #fail(projection: Projection, error: unknown): void {
    if (this.#abort.signal.aborted) return;
    this.#failed.set(projection, error instanceof Error ? error : new Error(String(error)));
    for (const wake of this.#waiting) wake();
  }

  /** How far the rebuilds under way have come, those that began by themselves among them. */
  get underWay(): readonly RebuildProgress[] {
    return [...this.#progress.values()];
  }

  /** Why the new version of a projection could not be built by itself; `rebuild` tries once more. */
  get failed(): readonly { readonly projection: Projection; readonly reason: string }[] {
    return [...this.#failed].map(([projection, { message }]) => ({ projection, reason: message }));
  }

  /** True while an answer may come from the old version of a projection whose code has changed. */
  get rebuilding(): boolean {
    return projections.some((projection) => this.#generation.models[projection].follower === undefined);
  }

  /** The position that every projection has applied. */
  get applied(): bigint {
    const { figures, documents } = this.#generation.models;
    const [one, other] = [appliedBy(figures), appliedBy(documents)];
    return one < other ? one : other;
  }

  /** Why a projection cannot apply events for now; undefined where all can. */
  get hindrance(): unknown {
    const { figures, documents } = this.#generation.models;
    return figures.follower?.hindrance ?? documents.follower?.hindrance;
  }

  /** Reads the stores in use for longer, as exports and checks do: they stay open until it is done. */
  async reading<T>(work: (stores: ProjectedStores) => Promise<T>): Promise<T> {
    return this.#generation.ask(({ stores }) => work(stores));
  }

  /** The stores in use. Whoever keeps one beyond a turn may find it closed. */
  get stores(): ProjectedStores {
    return this.#generation.stores;
  }

  /** Resolves when no old version answers any more; rejects when the new one could not be built. */
  async whenRebuilt(): Promise<void> {
    while (this.rebuilding) {
      for (const failed of this.#failed.values()) throw failed;
      await this.#changed(new AbortController().signal);
    }
  }

  /**
   * Resolves when every projection, or those named, have applied a position, be it in an old version that answers for
   * now; rejects when following has failed or the signal says so.
   */
  async whenApplied(
    position: bigint,
    signal?: AbortSignal,
    of: readonly Projection[] = projections,
  ): Promise<void> {
    for (;;) {
      signal?.throwIfAborted();
      const generation = this.#generation;
      if (of.every((projection) => appliedBy(generation.models[projection]) >= position)) return;
      for (const projection of of) {
        const failed = this.#failed.get(projection);
        if (failed !== undefined) throw failed;
      }
      const followers = of.map((projection) => generation.models[projection].follower);
      await this.#appliedOrChanged(followers, position, signal);
    }
  }

  /**
   * Resolves when all of the followers have applied a position, or another version has taken a place: then what was
   * followed is not followed any more.
   */
  async #appliedOrChanged(
    followers: readonly (LogFollower | undefined)[],
    position: bigint,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const over = new AbortController();
    const either = signal === undefined ? over.signal : AbortSignal.any([over.signal, signal]);
    const changed = this.#changed(either);
    try {
      // An old version is not followed: it is over when the new one takes its place.
      await Promise.race(
        followers.every((follower) => follower !== undefined)
          ? [Promise.all(followers.map((follower) => follower.whenApplied(position, either))), changed]
          : [changed],
      );
    } finally {
      over.abort();
    }
  }

  async #changed(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', () => {
        this.#waiting.delete(wake);
        reject(signal.reason);
      });
    });
  }

  /** How many events are parked in each projection. */
  async parked(): Promise<Readonly<Record<Projection, number>>> {
    return this.#generation.ask((generation) => generation.parked());
  }

  /** Every event that is parked, with why, in the order of the log. */
  async parkedEvents(): Promise<readonly ParkedEvent[]> {
    return this.#generation.ask((generation) => generation.parkedEvents());
  }

  /**
   * Applies what is parked, after a fix: a parked event stands before others that are applied, so the projection is
   * made anew, in the order of the log, beside the one in use. Projections with nothing parked are left alone.
   */
  async replay(): Promise<readonly RebuildResult[]> {
    const parked = await this.parked();
    const results: RebuildResult[] = [];
    for (const projection of projections)
      if (parked[projection] > 0) results.push(await this.rebuild(projection));
    return results;
  }

  /**
   * Builds a projection anew beside the one in use, compares the two, and puts the new one in its place; one projection
   * after another, since questions are answered meanwhile. A draft that was left behind by a process that ended is gone on
   * with.
   * @throws RebuildRunningError where it is being rebuilt already
   */
  async rebuild(projection: Projection): Promise<RebuildResult> {
    if (this.#running.has(projection)) throw new RebuildRunningError(projection);
    const running = this.#rebuild(projection).finally(() => {
      this.#running.delete(projection);
      this.#progress.delete(projection);
    });
    this.#running.set(projection, running);
    return running;
  }

  async #rebuild(projection: Projection): Promise<RebuildResult> {
    const [store] = await this.#inTurn(async () =>
      build(this.#parts, [projection], {
        besideAnswers: true,
        signal: this.#abort.signal,
        onProgress: (progress) => this.#progress.set(projection, progress),
      }),
    );
    if (store === undefined) throw new RangeError(`The ${projection} were not built`);
    const follower = followerOf(this.#parts, projection, store);
    try {
      await follower.start();
      const old = this.#generation.models[projection];
      const position = Math.min(await reached(old.store), await reached(store));
      const same =
        old.follower === undefined
          ? null
          : (await fingerprint(old.store, position)) === (await fingerprint(store, position));
      await this.#parts.shelf.promote(projection);
      await this.#take(projection, { store, follower });
      return { projection, position, same, parked: (await store.parked(Number.MAX_SAFE_INTEGER)).length };
    } catch (error) {
      await follower.stop();
      throw error;
    }
  }

  /** Drafts are built one after another: two at once would take the memory of both from whoever asks meanwhile. */
  async #inTurn<T>(building: () => Promise<T>): Promise<T> {
    const built = this.#lastBuilt.then(building);
    this.#lastBuilt = built.then(nothing, nothing);
    return built;
  }

  /** Puts a version in the place of another: questions asked from now on are answered from it. */
  async #take(projection: Projection, fresh: InUse): Promise<void> {
    const before = this.#generation;
    this.#generation = this.#generationOf({ ...before.models, [projection]: fresh });
    this.#failed.delete(projection);
    this.#progress.delete(projection);
    for (const wake of this.#waiting) wake();
    const old = before.models[projection];
    await old.follower?.stop();
    // Questions that were being answered from it are answered to the end.
    await this.#freed(({ models }) => models[projection] === old);
    await old.store.close();
    await this.#parts.shelf.tidy();
  }

  /** Resolves when no question is being answered from the generations that are meant. */
  async #freed(meant: (generation: Generation) => boolean): Promise<void> {
    for (const generation of [...this.#generations].filter(meant)) {
      await generation.free();
      this.#generations.delete(generation);
    }
  }

  /** The questions, answered from whatever is in use when they are asked. */
  get queries(): LedgerQueries {
    const here = queriesVia((question) => this.#generation.ask(({ queries }) => question(queries)));
    const { pastAnswers } = this.#parts;
    return pastAnswers === undefined ? here : pastElsewhere(here, pastAnswers, () => this.applied);
  }

  /** Register, catalogue, imports and adjustments with everything that is recorded, applied or not: for deciding commands. */
  get reference(): Pick<ReferenceData, 'register' | 'catalogue' | 'imports' | 'undecidedAdjustments'> {
    return {
      register: (position) => this.#generation.ask(({ reference }) => reference.register(position)),
      catalogue: (position) => this.#generation.ask(({ reference }) => reference.catalogue(position)),
      imports: (position) => this.#generation.ask(({ reference }) => reference.imports(position)),
      undecidedAdjustments: (position) =>
        this.#generation.ask(({ reference }) => reference.undecidedAdjustments(position)),
    };
  }

  /** Stops following and rebuilding, and closes the stores. A draft stays, to be gone on with. */
  async close(): Promise<void> {
    this.#abort.abort(new Error('The read models are being closed'));
    await this.#parts.pastAnswers?.close();
    await Promise.allSettled(this.#running.values());
    const { models } = this.#generation;
    for (const projection of projections) await models[projection].follower?.stop();
    await this.#freed(() => true);
    for (const projection of projections) await models[projection].store.close();
  }
}
