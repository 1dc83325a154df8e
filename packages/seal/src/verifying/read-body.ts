import { textOf } from '../bytes';

/** What a verifier needs to know of a stored body. */
export interface BodyFacts {
  readonly type: string;
  readonly stream: string;
  /** UTC, fixed width. */
  readonly recordedAt: string;
  readonly data: unknown;
}

/** Reads a stored body as far as that; undefined where it is none. */
export function readBody(bytes: Uint8Array): BodyFacts | undefined {
  const text = textOf(bytes);
  if (text === undefined) return undefined;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof body !== 'object' || body === null) return undefined;
  // Looked at before it is believed.
  const { type, stream, recordedAt, data } = body as Partial<BodyFacts>;
  if (typeof type !== 'string' || typeof stream !== 'string' || typeof recordedAt !== 'string')
    return undefined;
  return { type, stream, recordedAt, data };
}

/** A text among the data of an event. */
export function textIn(data: unknown, name: string): string | undefined {
  const found: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;
  return typeof found === 'string' ? found : undefined;
}
