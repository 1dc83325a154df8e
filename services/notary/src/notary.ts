import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { EventLog } from '@ledger/event-log';
import {
  checkpointText,
  formatKey,
  nodeCrypto,
  parseCheckpoint,
  parseKey,
  parseNote,
  sameBytes,
  signersOf,
  signNote,
  toBase64,
  type NoteSigner,
  type Prover,
} from '@ledger/seal';
import type { ClockAfterSeals } from './clock';
import { CheckpointCopies } from './copies';
import { CannotSealError } from './errors';
import { recordKeyChange, type KeyChangeReason } from './keys/key-change';
import { makeSigner, readSigner, writePublicKey } from './keys/key-files';
import { Pace } from './pace';
import { SealedLog, type Occasion } from './sealed-log';
import { SealStore, type KeptCheckpoint, type SealReason } from './store/seal-store';

/** The file of the tree and the checkpoints, in the ledger's folder. */
export const sealsFile = 'seals.db';

/** How often the notary looks whether there is something new. */
const lookEveryMs = 1000;
const usualMinutes = 60;

/** What its operator may set. */
export interface SealSettings {
  /** A folder outside the ledger's, to which every checkpoint is copied. */
  readonly copyTo?: string | undefined;
  /** At most so long after an event it is sealed. */
  readonly everyMinutes?: number | undefined;
}

export interface NotaryParts {
  /** The ledger's folder. */
  readonly folder: string;
  readonly log: EventLog;
  /** The clock that the log's writer has too. */
  readonly clock: ClockAfterSeals;
  /** The id of the ledger. */
  readonly ledger: string;
  /** In whose name a change of key is recorded where nobody asked for it. */
  readonly operator: string;
  /** The ledger's keyed hash of a text. */
  readonly keyed: (text: string) => string;
  readonly settings: SealSettings;
}

/** How the seals stand. */
export interface SealStanding {
  readonly origin: string;
  /** The public key that seals now, as one line. */
  readonly key: string;
  /** Keys that sealed before. */
  readonly formerKeys: readonly string[];
  /** Events under the last checkpoint. */
  readonly sealed: number;
  readonly notSealed: number;
  readonly checkpoints: number;
  /** The newest first. */
  readonly newest: readonly KeptCheckpoint[];
  /** Where checkpoints are copied, or null where nobody has said where. */
  readonly copiedTo: string | null;
  /** What somebody has to look into; empty where all is well. */
  readonly problems: readonly string[];
}

/** The checkpoint that something is under, as it is printed beside it: whoever has it can hold a bundle against it. */
export interface SealOver {
  /** Which of the ledger's checkpoints it is. */
  readonly number: number;
  readonly origin: string;
  /** Events under it. */
  readonly size: number;
  /** Of the tree over them, in base64 as in the checkpoint. */
  readonly root: string;
  /** UTC, fixed width. */
  readonly time: string;
  /** The public keys that signed it, as one line each. */
  readonly signedBy: readonly string[];
}

/** The name of a ledger under which it signs; ids of ledgers are unique, so no two can be taken for one another. */
export function originOf(ledger: string): string {
  return `programme-activity-ledger/${ledger}`;
}

/** Looks after the seals of one ledger: follows its log off the append path, signs checkpoints, and copies them away. */
export class Notary {
  readonly #parts: NotaryParts;
  readonly #store: SealStore;
  readonly #sealed: SealedLog;
  readonly #copies: CheckpointCopies | undefined;
  readonly origin: string;
  #signer: NoteSigner;
  /** One thing after another: a look, a seal, a change of key. */
  #work: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #looking = false;
  readonly #pace = new Pace({ head: () => this.#head(), due: () => this.#due() });
  /** Why following failed last; undefined where it did not. */
  #hindrance: string | undefined;
  #copying: string | undefined;
  readonly #waiting = new Set<{ readonly position: bigint; readonly resolve: () => void }>();

  private constructor(parts: NotaryParts, store: SealStore, signer: NoteSigner) {
    this.#parts = parts;
    this.#store = store;
    this.#signer = signer;
    this.origin = originOf(parts.ledger);
    this.#sealed = new SealedLog(parts.log, store);
    const { copyTo } = parts.settings;
    this.#copies = copyTo === undefined ? undefined : new CheckpointCopies(copyTo, parts.ledger);
  }

  /**
   * Opens the seals of a ledger, before anything is appended to it: from then on nothing is recorded earlier than the
   * last seal. A key that is missing is made; where another sealed before, the log says that it has changed.
   * @throws DamagedTreeError, InvalidPrivateKeyError
   */
  static async open(parts: NotaryParts): Promise<Notary> {
    const { folder, ledger, clock } = parts;
    const store = SealStore.open(join(folder, sealsFile));
    try {
      const last = store.last();
      if (last !== undefined) clock.raise(Date.parse(last.time));
      const present = readSigner(folder, originOf(ledger));
      const signer = present ?? makeSigner(folder, originOf(ledger));
      writePublicKey(folder, signer);
      const notary = new Notary(parts, store, signer);
      await notary.#adoptKey(signer, 'former-key-missing', parts.operator);
      return notary;
    } catch (error) {
      store.close();
      throw error;
    }
  }

  /** Begins to follow the log. */
  start(): void {
    this.#timer = setInterval(() => void this.#look(), lookEveryMs);
    this.#timer.unref();
    void this.#look();
  }

  async #adoptKey(signer: NoteSigner, reason: KeyChangeReason, actor: string): Promise<void> {
    const former = this.#store.keys().at(-1);
    const text = formatKey(signer.key);
    if (former !== undefined && former !== text) {
      const { log, keyed } = this.#parts;
      await recordKeyChange(log, {
        from: parseKey(nodeCrypto, former),
        to: signer.key,
        reason,
        actor,
        keyed,
      });
    }
    this.#store.addKey(text);
  }

  /** Does work when what was begun before is done. */
  async #next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => undefined);
    return done;
  }

  /** The same for somebody who waits: what is being followed does not rest until it is done. */
  async #atOnce<T>(work: () => Promise<T>): Promise<T> {
    return this.#pace.atOnce(() => this.#next(work));
  }

  async #head(): Promise<number> {
    return Number((await this.#parts.log.head()).position);
  }

  /** @throws CannotSealError where the log ends before what was sealed */
  async #absorb(head: number, rest: () => Promise<boolean>): Promise<Occasion | undefined> {
    if (head < this.#sealed.size)
      throw new CannotSealError(
        `The log ends at position ${head}, but ${this.#sealed.size} events of it were seen before. It was cut off or replaced; find out by whom, or restore a backup. Nothing is sealed meanwhile.`,
      );
    return this.#sealed.absorb(head, rest);
  }

  /** Adds what is new, and seals where it is time to. */
  async #look(): Promise<void> {
    // While the log grows fast a look takes longer than it is until the next one: those would pile up.
    if (this.#closed || this.#looking) return;
    this.#looking = true;
    await this.#next(async () => {
      if (this.#closed) return;
      try {
        const head = await this.#head();
        const occasion =
          head === this.#sealed.size ? undefined : await this.#absorb(head, this.#pace.begin(head));
        if (occasion !== undefined) await this.#seal(occasion);
        else if (this.#due()) await this.#seal('interval');
        this.#hindrance = undefined;
      } catch (error) {
        this.#hindrance = error instanceof Error ? error.message : String(error);
      } finally {
        this.#looking = false;
      }
    });
  }

  #due(): boolean {
    const last = this.#store.last();
    if (last === undefined) return this.#sealed.size > 0;
    const { everyMinutes = usualMinutes } = this.#parts.settings;
    const passed = this.#parts.clock.now() - Date.parse(last.time);
    return last.size < this.#sealed.size && passed >= everyMinutes * 60_000;
  }

  /** Signs what is in the log now. Whatever is recorded later is not earlier than the time of the seal. */
  async #seal(reason: SealReason, also: readonly NoteSigner[] = []): Promise<KeptCheckpoint> {
    const { clock } = this.#parts;
    const now = clock.now();
    clock.raise(now);
    await this.#absorb(await this.#head(), () => setImmediate(true));
    const lastRecordedAt = await this.#sealed.lastRecordedAt();
    const atNow = new Date(now).toISOString();
    // Something may have been recorded between the look at the clock and that at the log; it is under the seal.
    const time = lastRecordedAt > atNow ? lastRecordedAt : atNow;
    const { size } = this.#sealed;
    const checkpoint = { origin: this.origin, size, root: this.#sealed.prover.root(size), time };
    this.#mustFollow(size);
    const note = signNote(checkpointText(checkpoint), [this.#signer, ...also]);
    const kept = this.#store.addCheckpoint({ size, time, reason, note });
    clock.raise(Date.parse(time));
    this.#copy();
    for (const waiter of this.#waiting)
      if (waiter.position <= BigInt(size)) {
        this.#waiting.delete(waiter);
        waiter.resolve();
      }
    return kept;
  }

  /** No key ever signs two things that differ: not from its last seal here, nor from the last that lies outside. @throws CannotSealError */
  #mustFollow(size: number): void {
    const outside = this.#copies?.newest(1, this.#signer.key.id) ?? [];
    for (const { note } of [...this.#store.newest(1), ...outside]) {
      const { size: earlier, root } = parseCheckpoint(parseNote(note).text);
      if (earlier > size || !sameBytes(this.#sealed.prover.root(earlier), root))
        throw new CannotSealError(
          `An earlier seal over ${earlier} events does not fit what is in the log: it was altered, or replaced by another. Find out with ledger check. Nothing is sealed meanwhile.`,
        );
    }
  }

  /** Copies to the place outside whatever is not there yet. A place that is full or away is tried again at the next seal. */
  #copy(): void {
    const copies = this.#copies;
    if (copies === undefined) return;
    try {
      copies.putNew(this.#store);
      this.#copying = undefined;
    } catch (error) {
      this.#copying = `Checkpoints could not be copied to ${copies.folder} (${error instanceof Error ? error.message : String(error)}). They are tried again at the next seal.`;
    }
  }

  /** Seals everything recorded until now. @throws CannotSealError */
  async seal(): Promise<KeptCheckpoint> {
    return this.#atOnce(() => this.#seal('asked'));
  }

  /**
   * Makes a new key and seals with it from now on. The log says so, and the last seal of the former key is over that
   * event: who trusts the former key thereby trusts the new one.
   * @throws CannotSealError
   */
  async changeKey(actor: string): Promise<KeptCheckpoint> {
    return this.#atOnce(async () => {
      const former = this.#signer;
      await this.#seal('key');
      const next = makeSigner(this.#parts.folder, this.origin);
      this.#signer = next;
      await this.#adoptKey(next, 'rotated', actor);
      return this.#seal('key', [former]);
    });
  }

  /** Resolves when everything up to a position is sealed. */
  async whenSealed(position: bigint): Promise<void> {
    if (position <= BigInt(this.#store.last()?.size ?? 0)) return;
    await new Promise<void>((resolve) => this.#waiting.add({ position, resolve }));
  }

  /** How the seals stand, with the newest checkpoints. */
  async standing(newest = 20): Promise<SealStanding> {
    const last = this.#store.last();
    const keys = this.#store.keys();
    return {
      origin: this.origin,
      key: formatKey(this.#signer.key),
      formerKeys: keys.slice(0, -1),
      sealed: last?.size ?? 0,
      notSealed: Math.max(0, (await this.#head()) - (last?.size ?? 0)),
      checkpoints: this.#store.checkpoints,
      newest: this.#store.newest(newest),
      copiedTo: this.#copies?.folder ?? null,
      problems: [this.#hindrance, this.#copying].filter((problem) => problem !== undefined),
    };
  }

  /** The first checkpoint over a position; null while there is none. */
  sealOver(position: bigint): SealOver | null {
    const kept = this.#store.over(Number(position));
    if (kept === undefined) return null;
    const signed = parseNote(kept.note);
    const { origin, size, root, time } = parseCheckpoint(signed.text);
    const keys = this.#store.keys().map((text) => parseKey(nodeCrypto, text));
    const { good } = signersOf(nodeCrypto, signed, keys);
    return { number: kept.number, origin, size, root: toBase64(root), time, signedBy: good.map(formatKey) };
  }

  /** The signed note of a number, or undefined. */
  checkpoint(number: number): KeptCheckpoint | undefined {
    const [found] = this.#store.after(number - 1, 1);
    return found?.number === number ? found : undefined;
  }

  /** Seconds since the last seal; undefined before the first. */
  get ageSeconds(): number | undefined {
    const last = this.#store.last();
    return last && Math.max(0, (this.#parts.clock.now() - Date.parse(last.time)) / 1000);
  }

  /** What proves: the tree as it is kept, checkpoints, and public keys. */
  get evidence(): {
    readonly prover: Prover;
    /** Events whose hashes are kept. */
    readonly size: number;
    readonly leafTile: (number: number) => Uint8Array;
    readonly store: Pick<SealStore, 'after' | 'last' | 'keys'>;
    readonly held: CheckpointCopies | undefined;
  } {
    return {
      prover: this.#sealed.prover,
      size: this.#sealed.size,
      leafTile: (number) => this.#sealed.leafTile(number),
      store: this.#store,
      held: this.#copies,
    };
  }

  /** Stops following; what was begun is finished first. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#timer);
    this.#pace.end();
    await this.#work;
    this.#store.close();
  }
}
