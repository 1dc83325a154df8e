import type { EventLog } from '@ledger/event-log';
import {
  hashesInLine,
  hashLength,
  logFormat,
  toBase64,
  utf8,
  type BundleFigure,
  type LogHeader,
} from '@ledger/seal';
import type { Notary } from '../notary';
import type { KeptCheckpoint } from '../store/seal-store';

/** Lines of hashes, with their events, that are written at once. */
const runsAtOnce = 4;
const newline = Uint8Array.of(0x0a);

function lineOf(value: unknown): Uint8Array {
  return utf8(`${JSON.stringify(value)}\n`);
}

/** All checkpoints, in the order in which they were made. */
function* checkpointsOf({ evidence: { store } }: Notary, upTo: number): Generator<KeptCheckpoint> {
  for (let after = 0; ;) {
    const page = store.after(after, 1000);
    const last = page.at(-1);
    if (last === undefined) return;
    for (const checkpoint of page) if (checkpoint.number <= upTo) yield checkpoint;
    after = last.number;
  }
}

/**
 * Writes the whole log as a bundle, in parts: every event as it was recorded, every checkpoint, the hashes that were
 * signed for, and figures with what it takes to come to them again.
 * @param upTo the last position to be in it
 */
export async function* exportLog(
  {
    log,
    notary,
    upTo,
  }: { readonly log: Pick<EventLog, 'readPage'>; readonly notary: Notary; readonly upTo: bigint },
  figures: readonly BundleFigure[],
): AsyncGenerator<Uint8Array> {
  const { evidence, origin } = notary;
  const events = Number(upTo);
  const notes = [...checkpointsOf(notary, evidence.store.last()?.number ?? 0)].filter(
    ({ size }) => size <= events,
  );
  // Hashes say which event was touched, where a checkpoint only says that one was: beyond the last seal they prove nothing.
  const hashes = Math.min(notes.at(-1)?.size ?? 0, evidence.size, events);
  const header: LogHeader = {
    bundle: logFormat,
    origin,
    keys: evidence.store.keys(),
    toleranceMs: 0,
    checkpoints: notes.length,
    figures: figures.length,
    hashes,
    events,
  };
  yield lineOf(header);
  for (const { note } of notes) yield lineOf(note);
  for (const figure of figures) yield lineOf(figure);
  for (let from = 0; from < events; from += runsAtOnce * hashesInLine) {
    const limit = Math.min(runsAtOnce * hashesInLine, events - from);
    const page = await log.readPage({ after: BigInt(from), limit });
    const parts: Uint8Array[] = [];
    page.forEach(({ bytes }, at) => {
      const index = from + at;
      if (index % hashesInLine === 0 && index < hashes) {
        const tile = evidence.leafTile(index / hashesInLine);
        parts.push(lineOf(toBase64(tile.subarray(0, (hashes - index) * hashLength))));
      }
      parts.push(bytes, newline);
    });
    yield Buffer.concat(parts);
  }
}
