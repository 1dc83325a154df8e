import { canonicalJson } from './jcs';

/** What a command leaves on each of its events, so that a repeat is recognised for ever (design section 4). */
export interface CommandStamp {
  /** The operation, for example `record-activities`. A key is unique per actor and scope. */
  readonly scope: string;
  /** HMAC-SHA-256 of the key as sent, hex. */
  readonly key: string;
  /** HMAC-SHA-256 of the canonical form of the request as received, hex. */
  readonly hash: string;
}

/** Which import, and which row of it, an event came from. */
export interface ImportStamp {
  readonly id: string;
  readonly row: number;
}

/** A rule that warned and was accepted with a comment, which lies in the vault. */
export interface WarningStamp {
  readonly code: string;
  readonly noteRef: NoteRef;
}

/** Points at a text in the vault without revealing it: the hash is of 32 secret random bytes and the text. */
export interface NoteRef {
  readonly vault: string;
  readonly sha256: string;
}

/**
 * **Rule**: an event as it is stored, sealed and proved. Its RFC 8785 bytes are made once, at append, and
 * returned as those bytes ever after. Position and revision are the log's, outside it.
 */
export interface StoredBody {
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly stream: string;
  /** UTC, fixed width: `2016-04-01T08:00:00.000Z`. Stamped by the log's writer. */
  readonly recordedAt: string;
  readonly actor: string;
  readonly command: CommandStamp;
  readonly import?: ImportStamp;
  readonly warnings?: readonly WarningStamp[];
  readonly correlationId: string;
  readonly causationId: string;
  /** Present and true only on invented records of a demonstration ledger. */
  readonly illustrative?: true;
  readonly data: unknown;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** The bytes that are stored, hashed and proved. @throws NotCanonicalError */
export function encodeStoredBody(body: StoredBody): Uint8Array {
  return encoder.encode(canonicalJson(body));
}

/** Stored bytes that are no stored body: something has changed them since they were written. */
export class DamagedBodyError extends Error {
  readonly code = 'DAMAGED_BODY';
  constructor(detail: string) {
    super(
      `The stored body is damaged: ${detail}. Restore the ledger from a backup that is older than the damage.`,
    );
    this.name = 'DamagedBodyError';
  }
}

/**
 * Reads stored bytes back, or the text that they are. They are trusted to be ours; `readEvent` validates what they say.
 * @throws DamagedBodyError where they are none of ours
 */
export function decodeStoredBody(stored: Uint8Array | string): StoredBody {
  let body: unknown;
  try {
    body = JSON.parse(typeof stored === 'string' ? stored : decoder.decode(stored));
  } catch (error) {
    throw new DamagedBodyError(error instanceof SyntaxError ? 'it is no JSON' : 'it is no UTF-8');
  }
  if (!isStoredBody(body)) throw new DamagedBodyError('it is no event');
  return body;
}

/** Whether it has what is read before the rest is validated; the log stores only what encodeStoredBody made. */
function isStoredBody(body: unknown): body is StoredBody {
  if (typeof body !== 'object' || body === null) return false;
  // Looked at before it is believed.
  const { id, type, stream, recordedAt } = body as Partial<StoredBody>;
  return (
    typeof id === 'string' &&
    typeof type === 'string' &&
    typeof stream === 'string' &&
    typeof recordedAt === 'string'
  );
}
