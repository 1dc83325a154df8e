import { fromBase64 } from '../bytes';
import type { SealCrypto } from '../crypto';
import { hashLength } from '../merkle/hashing';
import type { VerifierKey } from '../notes/keys';
import { Findings } from '../verifying/finding';
import type { GivenCheckpoint } from '../verifying/known-checkpoint';
import { LogVerifier } from '../verifying/log-verifier';
import { figureOf, hashesInLine, jsonOfLine, type BundleFigure, type LogHeader } from './header';
import type { Line } from './lines';
import { PublishedFigures } from './published-figures';
import { firstBadIndex, outcomeOf, type Verdict } from './verdict';

/** What whoever verifies brings along, from outside of the bundle. */
export interface VerifyOptions {
  readonly crypto: SealCrypto;
  /** Trusted public keys; none proves no origin. */
  readonly keys: readonly VerifierKey[];
  /** Checkpoints that were kept elsewhere, by the names of their files. */
  readonly held: readonly { readonly called: string; readonly note: Uint8Array | string }[];
  /** Is told every event as it comes, and whether there are figures to come to from them. */
  readonly onEvent?: (bytes: Uint8Array, figures: boolean) => void;
  /** Is told how far it is, of how many events. */
  readonly onProgress?: (events: number, of: number) => void;
}

const openingBrace = 0x7b;
const quote = 0x22;
/** Events that wait for their hashes; a line of hashes that is missing is not waited for longer. */
const mostWaiting = 4 * hashesInLine;

/** Verifies the lines of a whole log as they come. */
export class LogBundle {
  readonly #header: LogHeader;
  readonly #options: VerifyOptions;
  readonly findings = new Findings();
  readonly figures: BundleFigure[] = [];
  readonly #published = new PublishedFigures();
  readonly #notes: string[] = [];
  #verifier: LogVerifier | undefined;
  /** Events without their hashes, and hashes without their events: one of the two is empty. */
  #bodies: Uint8Array[] = [];
  #hashes: Uint8Array[] = [];
  /** How many of the hashes have had their events. */
  #hashesUsed = 0;
  #hashesSeen = 0;
  #eventsSeen = 0;
  #eventsVerified = 0;
  #figuresSeen = 0;
  #listEnded: boolean;

  constructor(header: LogHeader, options: VerifyOptions) {
    this.#header = header;
    this.#options = options;
    this.#listEnded = header.hashes === 0;
  }

  line({ bytes, whole }: Line): void {
    if (!whole) {
      this.findings.add('BUNDLE_DAMAGED', null, 'The bundle ends within a line: it was cut off.');
      return;
    }
    if (this.#notes.length < this.#header.checkpoints) this.#note(bytes);
    else if (this.#figuresSeen < this.#header.figures) this.#figure(bytes);
    else if (bytes[0] === quote) this.#hashLine(bytes);
    else if (bytes[0] === openingBrace) this.#event(bytes);
    else
      this.findings.add(
        'BUNDLE_DAMAGED',
        this.#eventsSeen,
        `After ${this.#eventsSeen} events there is a line that is neither an event nor hashes.`,
      );
  }

  #note(bytes: Uint8Array): void {
    const note = jsonOfLine(bytes);
    this.#notes.push(typeof note === 'string' ? note : '');
  }

  #figure(bytes: Uint8Array): void {
    this.#figuresSeen += 1;
    const figure = figureOf(bytes);
    if (figure === undefined)
      this.findings.add('BUNDLE_DAMAGED', null, `Figure ${this.#figuresSeen} of the bundle cannot be read.`);
    else {
      this.figures.push(figure);
      this.#published.named(figure);
    }
  }

  #hashLine(bytes: Uint8Array): void {
    const coded = jsonOfLine(bytes);
    const hashes = typeof coded === 'string' ? fromBase64(coded) : undefined;
    const expected = Math.min(hashesInLine, this.#header.hashes - this.#hashesSeen);
    if (hashes === undefined || hashes.length !== expected * hashLength || this.#listEnded) {
      this.findings.add(
        'BUNDLE_DAMAGED',
        this.#eventsSeen,
        `The line of hashes after ${this.#eventsSeen} events is not as it should be.`,
      );
      this.#endList();
      return;
    }
    for (let at = 0; at < hashes.length; at += hashLength)
      this.#hashes.push(hashes.subarray(at, at + hashLength));
    this.#hashesSeen += expected;
    this.#pair();
    if (this.#hashesSeen === this.#header.hashes) this.#endList();
  }

  #event(bytes: Uint8Array): void {
    this.#eventsSeen += 1;
    // The line is a part of what is read next.
    this.#bodies.push(this.#hashesUsed < this.#hashes.length || this.#listEnded ? bytes : bytes.slice());
    this.#pair();
    if (this.#bodies.length <= mostWaiting) return;
    this.findings.add(
      'BUNDLE_DAMAGED',
      this.#hashesSeen,
      `A line of hashes is missing after those of ${this.#hashesSeen} events.`,
    );
    this.#endList();
  }

  /** From here on events come without hashes. */
  #endList(): void {
    this.#listEnded = true;
    this.#pair();
  }

  /** Gives on events with their hashes; without, where there are no more. */
  #pair(): void {
    let taken = 0;
    for (const body of this.#bodies) {
      const listed = this.#hashes[this.#hashesUsed];
      if (listed === undefined && !this.#listEnded) break;
      const facts = this.#verifying.event(body, listed);
      if (facts !== undefined) this.#published.event(this.#eventsVerified, facts);
      this.#eventsVerified += 1;
      this.#options.onEvent?.(body, this.figures.length > 0);
      taken += 1;
      if (listed !== undefined) this.#hashesUsed += 1;
    }
    if (taken === this.#bodies.length) this.#bodies.length = 0;
    else this.#bodies.splice(0, taken);
    if (this.#hashesUsed < this.#hashes.length) return;
    this.#hashes = [];
    this.#hashesUsed = 0;
  }

  /** Begun when all checkpoints are known. */
  get #verifying(): LogVerifier {
    this.#verifier ??= this.#begun();
    return this.#verifier;
  }

  #begun(): LogVerifier {
    const { crypto, keys, held } = this.#options;
    const { origin, keys: named, toleranceMs } = this.#header;
    const checkpoints: GivenCheckpoint[] = [
      ...this.#notes.map((note, at) => ({ called: `Checkpoint ${at + 1} of the bundle`, note, held: false })),
      ...held.map(({ called, note }) => ({ called, note, held: true })),
    ];
    return new LogVerifier({ crypto, origin, trusted: keys, named, checkpoints, toleranceMs }, this.findings);
  }

  /** How far it is. */
  progress(): void {
    this.#options.onProgress?.(this.#eventsSeen, this.#header.events);
  }

  /** Says what everything came to. */
  end(): Verdict {
    this.#endList();
    const verifier = this.#verifying;
    for (const hash of this.#hashes.slice(this.#hashesUsed)) verifier.listedBeyond(hash);
    const { events: said, figures, checkpoints, hashes } = this.#header;
    if (this.#eventsSeen !== said)
      this.findings.add(
        this.#eventsSeen < said ? 'LOG_CUT_SHORT' : 'BUNDLE_DAMAGED',
        Math.min(this.#eventsSeen, said),
        `The bundle says that it has ${said} events; ${this.#eventsSeen} are in it.`,
      );
    if (this.#figuresSeen < figures || this.#notes.length < checkpoints || this.#hashesSeen < hashes)
      this.findings.add('BUNDLE_DAMAGED', null, 'The bundle has fewer lines than its first line says.');
    const { originProved, restored: _, ...established } = verifier.end();
    this.#published.end(this.findings);
    const { listed } = this.findings;
    return {
      kind: 'log',
      outcome: outcomeOf(this.findings.none, { originProved }),
      origin: this.#header.origin,
      ...established,
      notSealed: established.events - established.sealed,
      findings: listed,
      moreFindings: this.findings.more,
      firstBadIndex: firstBadIndex(listed),
    };
  }
}
