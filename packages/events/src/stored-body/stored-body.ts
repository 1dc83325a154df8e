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

/**
 * Reads stored bytes back, or the text that they are. They are trusted to be ours; `readEvent` validates what they say.
 * @throws SyntaxError where they are no JSON, TypeError where the bytes are no UTF-8
 */
export function decodeStoredBody(stored: Uint8Array | string): StoredBody {
  // The log stores only what encodeStoredBody made.
  return JSON.parse(typeof stored === 'string' ? stored : decoder.decode(stored)) as StoredBody;
}
