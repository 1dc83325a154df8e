import { fromBase64, toBase64 } from '../bytes';
import { InvalidNoteError } from './signed-note';

/**
 * What a seal says: of which log (origin), how many events there were, the root over them, and when it was made.
 * C2SP tlog-checkpoint with one extension line, `time` and the instant: it is what recorded times are held against,
 * so it must be under the signature, and a reader elsewhere passes it over.
 */
export interface Checkpoint {
  readonly origin: string;
  /** Events under the seal: those at positions 1 to `size`. */
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
  /** UTC, fixed width: `2026-04-01T08:00:00.000Z`. */
  readonly time: string;
}

const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** The text that is signed. */
export function checkpointText({ origin, size, root, time }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\ntime ${time}\n`;
}

/** Reads the text of a note as a checkpoint. @throws InvalidNoteError saying what is wrong */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', size = '', coded = '', ...extensions] = text.split('\n').slice(0, -1);
  const root = fromBase64(coded);
  if (origin === '') throw new InvalidNoteError('it names no ledger');
  if (!/^(0|[1-9]\d{0,14})$/.test(size)) throw new InvalidNoteError('its second line is no number of events');
  if (root?.length !== 32) throw new InvalidNoteError('its third line is no hash');
  const times = extensions.flatMap((line) => (line.startsWith('time ') ? [line.slice(5)] : []));
  const [time] = times;
  if (time === undefined || times.length > 1 || !isInstant.test(time))
    throw new InvalidNoteError('it does not say when it was made');
  if (extensions.includes('')) throw new InvalidNoteError('it holds an empty line');
  return { origin, size: Number(size), root, time };
}
