import type { FollowedLog } from '@ledger/event-log';
import { isBrokerUnavailable, lastWatermark, type Broker, type GroupMember } from '@ledger/fan-out';
import type { AroundEvents } from '@ledger/operations';
import { historyFromLog, together } from '@ledger/projections';
import { PostgresShelf } from '@ledger/read-store';
import { FoldingThread } from '@ledger/threads';
import { passes, pause } from '../passing';
import type { Keeping, Standing } from '../standing';
import { PartitionsInStore } from './partitions-in-store';
import { appliedInUse, chooseVersion, putIntoUse, type KeptVersion } from './version';

/** How often it is looked how far all projectors have come together, in milliseconds. */
const lookMs = 100;

export interface TopicProjectorParts {
  readonly broker: Broker;
  readonly topic: string;
  /** The address of the database; it holds a password, and is never shown. */
  readonly readModels: string;
  /** Where events are found that the topic lacks; left out, they are waited for. */
  readonly log?: Pick<FollowedLog, 'readStream' | 'close'>;
  /** Does the applying of events, and whatever is done around it. */
  readonly around: AroundEvents;
  /** Whether to build the read models anew, beside those in use. */
  readonly rebuild: boolean;
}

/** A version of the read models, while this process is one of those who keep it. */
interface KeptNow {
  readonly version: KeptVersion;
  readonly partitions: PartitionsInStore;
  readonly member: GroupMember;
  /** What the topic held when it was looked first. */
  readonly target: bigint;
}

/**
 * Keeps read models in PostgreSQL from the partitions of a topic, together with as many others as there are: partitions are
 * shared out among them. What is missing is built beside what is in use, and put into use when it has caught up.
 */
export class TopicProjector implements Keeping {
  readonly #parts: TopicProjectorParts;
  readonly #stopping = new AbortController();
  readonly #thread = FoldingThread.start();
  #shelf: Promise<PostgresShelf> | undefined;
  #kept: KeptNow | undefined;
  #draft = false;
  #rebuild: boolean;
  #applied = 0n;
  #hindrance: Error | undefined;
  #running: Promise<void> | undefined;
  #sayCaughtUp: () => void = () => undefined;
  readonly #caughtUp = new Promise<void>((resolve) => (this.#sayCaughtUp = resolve));

  constructor(parts: TopicProjectorParts) {
    this.#parts = parts;
    this.#rebuild = parts.rebuild;
  }

  async start(): Promise<void> {
    this.#running = this.#run();
    await Promise.race([this.#caughtUp, this.#running]);
  }

  async failed(): Promise<never> {
    await this.#running;
    return new Promise(() => undefined);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted)
      try {
        await this.#keepOne();
      } catch (error) {
        if (signal.aborted) return;
        if (!passes(error) && !isBrokerUnavailable(error)) throw error;
        this.#hindrance = error;
        await pause(signal);
      }
  }

  /** Helps to keep one version, until this process is stopped or another version takes its place. */
  async #keepOne(): Promise<void> {
    const { broker, topic, log, around } = this.#parts;
    const { signal } = this.#stopping;
    const ends = async () => broker.ends(topic);
    const { length: partitions } = await ends();
    const [watermark, shelf] = await Promise.all([lastWatermark(broker, topic), this.#openShelf()]);
    const target = watermark?.position ?? 0n;
    const version = await chooseVersion(shelf, { topic, partitions, ends, anew: this.#rebuild });
    try {
      const partitions = new PartitionsInStore({
        store: version.store,
        stopping: signal,
        around,
        log: log && historyFromLog(log),
        beginFolding: this.#thread?.begin,
      });
      const member = await broker.join(topic, version.source.group, partitions);
      try {
        this.#draft = version.draft;
        this.#kept = { version, partitions, member, target };
        this.#hindrance = undefined;
        await Promise.race([member.over, this.#watch(shelf, this.#kept)]);
      } finally {
        await member.leave();
      }
    } finally {
      this.#kept = undefined;
      await version.store.close();
    }
  }

  /** Opens the shelf, once: also where the broker turns out to be away meanwhile. */
  async #openShelf(): Promise<PostgresShelf> {
    this.#shelf ??= PostgresShelf.open(this.#parts.readModels);
    try {
      return await this.#shelf;
    } catch (error) {
      this.#shelf = undefined;
      throw error;
    }
  }

  /** Resolves when this process is stopped, or another version has taken the place of the one it keeps. */
  async #watch(shelf: PostgresShelf, { version, target, member }: KeptNow): Promise<void> {
    const { signal } = this.#stopping;
    const over = new AbortController();
    member.over.catch(() => over.abort());
    while (!signal.aborted && !over.signal.aborted) {
      try {
        await this.#look(version);
        if (this.#draft && this.#applied >= target && (await this.#isAsFar(shelf, version))) {
          await putIntoUse(shelf, version);
          this.#draft = this.#rebuild = false;
        }
        if ((await shelf.inUse(together)) > version.number) return;
        if (!this.#draft && this.#applied >= target) this.#sayCaughtUp();
      } catch (error) {
        // What is applied is tried again where it is; here nothing is lost by looking later.
        if (!passes(error)) throw error;
      }
      await pause(signal, lookMs);
    }
  }

  /** Whether a draft has come as far as the version in use had when it was asked: answers never step back. */
  async #isAsFar(shelf: PostgresShelf, version: KeptVersion): Promise<boolean> {
    const inUse = await appliedInUse(shelf);
    await this.#look(version);
    return this.#applied >= inUse;
  }

  async #look({ store }: KeptVersion): Promise<void> {
    const positions = [...(await store.checkpoints()).values()];
    this.#applied = BigInt(positions.length === 0 ? 0 : Math.min(...positions));
  }

  async standing(): Promise<Standing> {
    const kept = this.#kept;
    const hindrance = kept === undefined ? this.#hindrance : kept.partitions.hindrance;
    const hindered = hindrance === undefined ? {} : { hindrance: hindrance.message };
    if (kept === undefined) return { state: 'opening', ...hindered };
    const applied = this.#applied;
    if (this.#draft)
      return {
        state: 'building',
        projection: 'figures and documents',
        position: Number(applied),
        of: Number(kept.target),
        ...hindered,
      };
    const { head } = kept.partitions;
    return {
      state: 'following',
      position: String(applied),
      head: String(head > applied ? head : applied),
      partitions: kept.member.partitions,
      ...hindered,
    };
  }

  async parked(): Promise<number> {
    return (await this.#kept?.version.store.parked(Number.MAX_SAFE_INTEGER))?.length ?? 0;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running?.catch(() => undefined);
    await this.#thread?.close();
    await (await this.#shelf?.catch(() => undefined))?.close();
    await this.#parts.log?.close();
    await this.#parts.broker.close();
  }
}
