import { fromBase64, toBase64 } from '../bytes';
import { InvalidNoteError } from './signed-note';

/** That one leaf is in a sealed log, as a text of its own (C2SP tlog-proof): it needs no server and reveals no other leaf. */
export interface TlogProof {
  /** Place of the leaf, from 0. */
  readonly index: number;
  readonly path: readonly Uint8Array[];
  /** The signed checkpoint, as it was made. */
  readonly checkpoint: string;
}

const firstLine = 'c2sp.org/tlog-proof@v1';
/** Enough for any tree there can be. */
const longestPath = 64;

export function formatProof({ index, path, checkpoint }: TlogProof): string {
  return [firstLine, `index ${index}`, ...path.map(toBase64), '', checkpoint].join('\n');
}

/** @throws InvalidNoteError */
export function parseProof(text: string): TlogProof {
  const end = text.indexOf('\n\n');
  const [first, ...lines] = text.slice(0, Math.max(end, 0)).split('\n');
  if (first !== firstLine) throw new InvalidNoteError('it is no proof');
  const [second = '', ...coded] = lines.filter((line, at) => at > 0 || !line.startsWith('extra '));
  const [, index] = /^index (0|[1-9]\d{0,14})$/.exec(second) ?? [];
  if (index === undefined) throw new InvalidNoteError('its proof names no index');
  if (coded.length > longestPath) throw new InvalidNoteError('its proof is too long');
  const path = coded.map((line) => {
    const hash = fromBase64(line);
    if (hash?.length !== 32) throw new InvalidNoteError('a line of its proof is no hash');
    return hash;
  });
  return { index: Number(index), path, checkpoint: text.slice(end + 2) };
}
