import { sameBytes, utf8 } from '../bytes';
import { rootOfInclusion } from '../merkle/proofs';
import { TreeHashing } from '../merkle/hashing';
import { signersOf } from '../notes/signed-note';
import { InvalidNoteError } from '../notes/signed-note';
import { parseProof, type TlogProof } from '../notes/tlog-proof';
import { Findings } from '../verifying/finding';
import { readCheckpoints, readKeys, type KnownCheckpoint } from '../verifying/known-checkpoint';
import { readBody } from '../verifying/read-body';
import { jsonOfLine, type RecordHeader } from './header';
import type { Line } from './lines';
import { firstBadIndex, outcomeOf, type Verdict } from './verdict';
import type { VerifyOptions } from './verify-log';

function textsOf(line: Uint8Array): { readonly body: string; readonly proof: string } | undefined {
  const read = jsonOfLine(line);
  if (typeof read !== 'object' || read === null) return undefined;
  const [body, proof]: unknown[] = [Reflect.get(read, 'body'), Reflect.get(read, 'proof')];
  return typeof body === 'string' && typeof proof === 'string' ? { body, proof } : undefined;
}

/** Verifies one record that was handed over, event by event, each by its own proof. */
export class RecordBundle {
  readonly #header: RecordHeader;
  readonly #options: VerifyOptions;
  readonly #hashing: TreeHashing;
  readonly findings = new Findings();
  #seen = 0;
  #lastIndex = -1;
  #last: KnownCheckpoint | undefined;
  #originProved = true;

  constructor(header: RecordHeader, options: VerifyOptions) {
    this.#header = header;
    this.#options = options;
    this.#hashing = new TreeHashing(options.crypto);
  }

  line({ bytes }: Line): void {
    const number = (this.#seen += 1);
    const texts = textsOf(bytes);
    if (texts === undefined) {
      this.findings.add('BUNDLE_DAMAGED', null, `Line ${number + 1} is no event with its proof.`);
      return;
    }
    let proof: TlogProof;
    try {
      proof = parseProof(texts.proof);
    } catch (error) {
      if (!(error instanceof InvalidNoteError)) throw error;
      this.findings.add(
        'BUNDLE_DAMAGED',
        null,
        `The proof of event ${number} cannot be read: ${error.message}`,
      );
      return;
    }
    const checkpoint = this.#checkpointOf(proof, number);
    if (checkpoint !== undefined) this.#prove(texts.body, proof, checkpoint);
  }

  #checkpointOf({ checkpoint: note }: TlogProof, number: number): KnownCheckpoint | undefined {
    const { crypto, keys: trusted, held } = this.#options;
    const { origin } = this.#header;
    const keys = [...trusted, ...readKeys(crypto, this.#header.keys, this.findings)];
    const called = `The checkpoint of event ${number}`;
    const [known] = readCheckpoints(crypto, [{ called, note, held: false }], { origin, keys }, this.findings);
    if (known === undefined) return undefined;
    if (signersOf(crypto, known.signed, trusted).good.length === 0) this.#originProved = false;
    const kept = readCheckpoints(
      crypto,
      held.map((one) => ({ ...one, held: true })),
      { origin, keys },
      this.findings,
    );
    const other = kept.find(({ size, root }) => size === known.size && !sameBytes(root, known.root));
    if (other !== undefined)
      this.findings.add(
        'FORKED',
        null,
        `${called} is of another history than ${other.called}: both are over ${known.size} events.`,
      );
    return known;
  }

  #prove(body: string, { index, path }: TlogProof, checkpoint: KnownCheckpoint): void {
    const bytes = utf8(body);
    const root = rootOfInclusion(this.#hashing, this.#hashing.leaf(bytes), {
      index,
      size: checkpoint.size,
      path,
    });
    const where = `The event at position ${index + 1}`;
    if (root === undefined || !sameBytes(root, checkpoint.root))
      this.findings.add(
        'EVENT_ALTERED',
        index,
        `${where} is not what was sealed there, or its proof was altered.`,
      );
    const facts = readBody(bytes);
    if (facts?.stream !== this.#header.stream)
      this.findings.add('EVENT_ALTERED', index, `${where} is not of ${this.#header.stream}.`);
    else if (facts.recordedAt > checkpoint.time)
      this.findings.add('BACK_DATED', index, `${where} is recorded after the checkpoint that holds it.`);
    if (index <= this.#lastIndex)
      this.findings.add(
        'EVENTS_REORDERED',
        index,
        `${where} stands behind one at position ${this.#lastIndex + 1}.`,
      );
    this.#lastIndex = index;
    this.#last = checkpoint;
  }

  progress(): void {
    this.#options.onProgress?.(this.#seen, this.#header.events);
  }

  end(): Verdict {
    const { events, origin, stream } = this.#header;
    if (this.#seen !== events)
      this.findings.add(
        'BUNDLE_DAMAGED',
        null,
        `It says that it has ${events} events; ${this.#seen} are in it.`,
      );
    if (this.#options.keys.length > 0 && !this.#originProved)
      this.findings.add('WRONG_KEY', null, 'A checkpoint of it is not signed by the key that was given.');
    const originProved = this.#originProved && this.#seen > 0 && this.#options.keys.length > 0;
    const { listed } = this.findings;
    return {
      kind: 'record',
      outcome: outcomeOf(this.findings.none, { originProved }),
      origin,
      stream,
      events: this.#seen,
      sealed: this.#seen,
      notSealed: 0,
      sealedAt: this.#last?.time ?? null,
      root: null,
      checkpoints: this.#last === undefined ? 0 : 1,
      findings: listed,
      moreFindings: this.findings.more,
      firstBadIndex: firstBadIndex(listed),
    };
  }
}
