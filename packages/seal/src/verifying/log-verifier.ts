import { sameBytes, toHex } from '../bytes';
import type { SealCrypto } from '../crypto';
import { Frontier } from '../merkle/frontier';
import { TreeHashing } from '../merkle/hashing';
import type { VerifierKey } from '../notes/keys';
import { signersOf } from '../notes/signed-note';
import { Difference } from './difference';
import { Findings, type FindingCode } from './finding';
import { readCheckpoints, readKeys, type GivenCheckpoint, type KnownCheckpoint } from './known-checkpoint';
import { readBody, textIn, type BodyFacts } from './read-body';
import { TimeRules } from './time-rules';

/** What a log is verified against. */
export interface VerifierParts {
  readonly crypto: SealCrypto;
  readonly origin: string;
  /** Keys that whoever verifies trusts, from outside of what is verified; none proves no origin. */
  readonly trusted: readonly VerifierKey[];
  /** Keys that what is verified names itself, as texts. They prove that it is consistent, and no origin. */
  readonly named: readonly string[];
  readonly checkpoints: readonly GivenCheckpoint[];
  /** By how much clocks of several writers may differ, in milliseconds; 0 for one writer. */
  readonly toleranceMs: number;
}

/** What was established about a log. */
export interface LogVerdict {
  /** Events that were looked at. */
  readonly events: number;
  /** Events under the last checkpoint that holds, signed by a trusted key if there is one. */
  readonly sealed: number;
  /** Whether a trusted key signed what `sealed` says. */
  readonly originProved: boolean;
  /** When the last checkpoint that holds was made; null where there is none. */
  readonly sealedAt: string | null;
  /** The root over all events, hexadecimal. */
  readonly root: string;
  /** Checkpoints that hold, also of keys that are not trusted. */
  readonly checkpoints: number;
  /** Whether the log says that it went on from a backup: what came after that backup was lost then. */
  readonly restored: boolean;
}

const whatHappened: Readonly<Partial<Record<FindingCode, string>>> = {
  EVENT_MISSING: 'An event that was sealed there is missing; what came after it has moved up.',
  EVENT_INSERTED: 'It was never sealed there; what came after it has moved down.',
  EVENTS_REORDERED: 'It stands in another order than it was sealed in.',
  EVENT_ALTERED: 'It was altered, or another is in its place.',
};

/**
 * Takes the events of a log one after another, and says at the end whether they are what was sealed. Its memory does not
 * grow with the log.
 */
export class LogVerifier {
  readonly #parts: VerifierParts;
  readonly #hashing: TreeHashing;
  readonly #findings: Findings;
  readonly #checkpoints: readonly KnownCheckpoint[];
  readonly #times: TimeRules;
  readonly #trusted: VerifierKey[];
  /** Keys that the log itself names, with the number of events that must be sealed for that to count. */
  readonly #changes: { readonly under: number; readonly key: string }[] = [];
  readonly #found: Frontier;
  /** The tree of the hashes that were listed; its own only from the first difference on. */
  #listed: Frontier | undefined;
  #difference: Difference | undefined;
  /** Roots at the sizes of checkpoints: of what was found, and of what was listed. */
  readonly #roots = new Map<
    number,
    { readonly found: Uint8Array | undefined; readonly listed: Uint8Array | undefined }
  >();
  #listedLeaves = 0;
  #restored = false;
  #nextCheckpoint = 0;

  constructor(parts: VerifierParts, findings: Findings) {
    const { crypto, origin, trusted, named, checkpoints, toleranceMs } = parts;
    this.#parts = parts;
    this.#findings = findings;
    this.#hashing = new TreeHashing(crypto);
    this.#found = new Frontier(this.#hashing);
    this.#trusted = trusted.filter(({ name }) => name === origin);
    if (this.#trusted.length < trusted.length)
      findings.add('WRONG_KEY', null, `The key that was given is not of this ledger, ${origin}.`);
    const keys = [...this.#trusted, ...readKeys(crypto, named, findings)];
    const distinct = [...new Map(keys.map((key) => [toHex(key.publicKey), key])).values()];
    this.#checkpoints = readCheckpoints(crypto, checkpoints, { origin, keys: distinct }, findings);
    this.#times = new TimeRules(this.#checkpoints, toleranceMs, findings);
    this.#noteRoots();
  }

  /**
   * Takes the next event, with the hash that is listed for its leaf where one is.
   * @returns what it says; undefined where it is no event
   */
  event(bytes: Uint8Array, listed?: Uint8Array): BodyFacts | undefined {
    const index = this.#found.size;
    const leaf = this.#hashing.leaf(bytes);
    this.#compare(index, leaf, listed);
    this.#found.add(leaf);
    this.#noteRoots();
    const body = readBody(bytes);
    if (body === undefined) {
      this.#findings.add('EVENT_ALTERED', index, `What stands at position ${index + 1} is no event.`);
      return undefined;
    }
    this.#times.event(index, body.recordedAt);
    if (body.stream === 'ledger') this.#ofLedger(index, body);
    return body;
  }

  #ofLedger(index: number, { type, data }: BodyFacts): void {
    if (type === 'BackupRestored') this.#restored = true;
    const key = type === 'SealingKeyChanged' ? textIn(data, 'key') : undefined;
    if (key !== undefined) this.#changes.push({ under: index + 1, key });
  }

  /** Takes a hash that is listed beyond the last event. */
  listedBeyond(listed: Uint8Array): void {
    this.#compare(this.#listedLeaves, undefined, listed);
    this.#noteRoots();
  }

  #compare(index: number, leaf: Uint8Array | undefined, listed: Uint8Array | undefined): void {
    if (listed === undefined) {
      this.#difference?.see(leaf, undefined);
      return;
    }
    if (this.#difference === undefined && (leaf === undefined || !sameBytes(leaf, listed))) {
      this.#difference = new Difference(index);
      this.#listed = this.#found.copy();
    }
    this.#difference?.see(leaf, listed);
    this.#listed?.add(listed);
    this.#listedLeaves += 1;
  }

  /** Remembers the roots where a checkpoint is over just what was seen. */
  #noteRoots(): void {
    const found = this.#found.size;
    const size = Math.max(found, this.#listed?.size ?? 0);
    while ((this.#checkpoints[this.#nextCheckpoint]?.size ?? Infinity) < size) this.#nextCheckpoint += 1;
    if (this.#checkpoints[this.#nextCheckpoint]?.size !== size) return;
    this.#roots.set(size, {
      found: found === size ? this.#found.root() : undefined,
      listed:
        this.#listed === undefined
          ? this.#listedLeaves >= size
            ? this.#found.root()
            : undefined
          : this.#listed.size === size
            ? this.#listed.root()
            : undefined,
    });
  }

  /** Says what was established. Nothing is taken after that. */
  end(): LogVerdict {
    const events = this.#found.size;
    const [good, bad]: [KnownCheckpoint[], KnownCheckpoint[]] = [[], []];
    for (const checkpoint of this.#checkpoints) (this.#holds(checkpoint) ? good : bad).push(checkpoint);
    this.#report(good, bad);
    const { last, originProved } = this.#lastProved(good);
    return {
      events,
      sealed: last?.size ?? 0,
      originProved,
      sealedAt: last?.time ?? null,
      root: toHex(this.#found.root()),
      checkpoints: good.length,
      restored: this.#restored,
    };
  }

  #holds({ size, root }: KnownCheckpoint): boolean {
    const found = this.#roots.get(size)?.found;
    return found !== undefined && sameBytes(found, root);
  }

  /** Findings about checkpoints that do not fit: what was done to the log, and the first place of it. */
  #report(good: readonly KnownCheckpoint[], bad: readonly KnownCheckpoint[]): void {
    const events = this.#found.size;
    const proved = good.at(-1)?.size ?? 0;
    const [first] = bad;
    if (first === undefined) {
      if (this.#difference !== undefined)
        this.#findings.add(
          'BUNDLE_DAMAGED',
          this.#difference.index,
          `The list of hashes is not that of the events from position ${this.#difference.index + 1} on. The events are as they were sealed.`,
        );
      return;
    }
    const why = this.#restored
      ? ' The log says that it went on from a backup, so what was recorded after that backup was lost then.'
      : '';
    const cut = bad.find(({ size }) => size > events);
    const unlike = bad.find(({ size }) => size <= events);
    if (unlike !== undefined) this.#reportUnlike(unlike, why);
    else if (this.#difference !== undefined && this.#difference.index < events)
      this.#reportUnlike(first, why);
    if (cut !== undefined)
      this.#findings.add(
        'LOG_CUT_SHORT',
        events,
        `The log ends at position ${events}; ${cut.called}, of ${cut.time}, is over ${cut.size} events. ${cut.size - events} are missing.${why}`,
      );
    if (proved > first.size && unlike !== undefined)
      this.#findings.add(
        'CHECKPOINT_ALTERED',
        null,
        `${unlike.called} does not fit the events, though a later one does: it is of another history.`,
      );
  }

  #reportUnlike(unlike: KnownCheckpoint, why: string): void {
    const { called, size, held } = unlike;
    const difference = this.#difference;
    const listed = this.#roots.get(size)?.listed;
    if (difference !== undefined && listed !== undefined && sameBytes(listed, unlike.root)) {
      const { index, kind } = difference;
      this.#findings.add(
        kind,
        index,
        `The event at position ${index + 1} is not the one that was sealed. ${whatHappened[kind] ?? ''} ${called} (${size} events) does not fit.${why}`,
      );
      return;
    }
    // Who can seal anew makes later seals fit: only others that were kept elsewhere say how far one that was kept is right.
    const from =
      this.#checkpoints.findLast((one) => one.size < size && (one.held || !held) && this.#holds(one))?.size ??
      0;
    this.#findings.add(
      held ? 'FORKED' : 'EVENT_ALTERED',
      from,
      held
        ? `This is another history than the one that ${called}, of ${unlike.time}, was made of: of its ${size} events, some from position ${from + 1} on are not the same.${why}`
        : `Among the events at positions ${from + 1} to ${size} some are not those that were sealed: ${called} does not fit.${why}`,
    );
  }

  /** The last checkpoint that counts: signed by a trusted key, or by one that a trusted checkpoint leads to. */
  #lastProved(good: readonly KnownCheckpoint[]): {
    readonly last: KnownCheckpoint | undefined;
    readonly originProved: boolean;
  } {
    const { crypto, origin } = this.#parts;
    if (this.#trusted.length === 0) return { last: good.at(-1), originProved: false };
    const trusted = [...this.#trusted];
    let last: KnownCheckpoint | undefined;
    for (const checkpoint of good) {
      if (signersOf(crypto, checkpoint.signed, trusted).good.length === 0) continue;
      last = checkpoint;
      const named = this.#changes.filter(({ under }) => under <= checkpoint.size).map(({ key }) => key);
      trusted.push(...readKeys(crypto, named, this.#findings).filter(({ name }) => name === origin));
    }
    const own = good.findLast(({ held }) => !held);
    if (own !== undefined && signersOf(crypto, own.signed, trusted).good.length === 0)
      this.#findings.add(
        'WRONG_KEY',
        null,
        `${own.called}, over ${own.size} events, is signed by no key that was given, nor by one that such a key leads to. The key that was given is younger than the bundle (then the key of that time fits, or a new bundle), or the ledger’s key was lost, or somebody else signed.`,
      );
    return { last, originProved: last !== undefined };
  }
}
