import type { AllStreamResolvedEvent, ResolvedEvent } from '@kurrent/kurrentdb-client';

/** A place in `$all`: bytes in KurrentDB's files, with gaps. */
export interface LogAddress {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** What was seen in a stream of the ledger. */
export interface SeenEvent {
  /** The name the stream has in the ledger. */
  readonly stream: string;
  readonly revision: bigint;
  readonly address: LogAddress;
  /** The stored body; undefined for what is in a stream of the ledger and not of the ledger: it is never counted. */
  readonly bytes: Uint8Array | undefined;
}

/** What was seen in the settings of a stream of the ledger: its limits, or that it was deleted. */
export interface SeenSetting {
  readonly settingOf: string;
  readonly address: LogAddress;
}

export function isAfter(one: LogAddress, other: LogAddress | undefined): boolean {
  if (other === undefined) return true;
  return one.commit > other.commit || (one.commit === other.commit && one.prepare > other.prepare);
}

/** What the names of the ledger's streams, and of their settings, begin with. */
export function prefixesOf(prefix: string): readonly string[] {
  return [`${prefix}.`, `$$${prefix}.`];
}

/** A past release of the client delivered numbers here; then positions would be wrong beyond 2^53. */
function asBigint(value: unknown, what: string): bigint {
  if (typeof value !== 'bigint')
    throw new TypeError(`The client gave ${what} as ${typeof value}, not as a bigint.`);
  return value;
}

/** Bytes that may come from another realm, and then are no instance of this one's Uint8Array. */
function bytesOf(data: unknown): Uint8Array | undefined {
  if (!ArrayBuffer.isView(data)) return undefined;
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** What a resolved event is to the ledger. The ledger writes bytes, and no type that begins with `$`. */
export function seenIn(
  { event }: AllStreamResolvedEvent | ResolvedEvent,
  prefix: string,
): SeenEvent | SeenSetting | undefined {
  if (event === undefined) return undefined;
  const address = {
    commit: asBigint(event.position?.commit, 'a position'),
    prepare: asBigint(event.position?.prepare, 'a position'),
  };
  const [ours = '', settings = ''] = prefixesOf(prefix);
  if (event.streamId.startsWith(settings))
    return { settingOf: event.streamId.slice(settings.length), address };
  if (!event.streamId.startsWith(ours)) return undefined;
  const bytes = event.isJson || event.type.startsWith('$') ? undefined : bytesOf(event.data);
  return {
    stream: event.streamId.slice(ours.length),
    revision: asBigint(event.revision, 'a revision'),
    address,
    bytes,
  };
}
