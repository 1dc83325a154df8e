import { pipeline, Readable } from 'node:stream';
import type { Response } from 'express';

/** What is sent at once, in characters; beyond it goes out piece by piece. */
const sentAtOnce = 1024 * 1024;
/** How many elements of a list are one piece. */
const elementsAtOnce = 100;
/** How deep objects are taken apart: an answer, its lists, what is in them, and the lists of those. */
const depthOfLists = 4;

/** Positions are strings already; a stray bigint becomes one too. */
const bigintsAsText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? String(value) : value;

function stringify(value: unknown): string | undefined {
  return JSON.stringify(value, bigintsAsText);
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** What `JSON.stringify` makes of a value that is no `undefined`, in pieces, each made when it is wanted. */
export function* jsonPieces(
  value: unknown,
  depth = depthOfLists,
  atOnce = elementsAtOnce,
): Generator<string> {
  if (depth === 0 || !(Array.isArray(value) || isPlain(value)) || 'toJSON' in value) {
    yield stringify(value) ?? 'null';
    return;
  }
  let between = '';
  if (Array.isArray(value) && value.length > atOnce) {
    yield '[';
    for (let at = 0; at < value.length; at += atOnce) {
      yield `${between}${stringify(value.slice(at, at + atOnce))?.slice(1, -1)}`;
      between = ',';
    }
    yield ']';
  } else if (Array.isArray(value)) {
    yield '[';
    for (const element of value) {
      yield between;
      yield* jsonPieces(element, depth - 1, atOnce);
      between = ',';
    }
    yield ']';
  } else {
    yield '{';
    for (const [key, member] of Object.entries(value)) {
      if (member === undefined || typeof member === 'function' || typeof member === 'symbol') continue;
      yield `${between}${JSON.stringify(key)}:`;
      yield* jsonPieces(member, depth - 1, atOnce);
      between = ',';
    }
    yield '}';
  }
}

/**
 * Sends a value as JSON. A large one, as the report on a file of many rows, goes out piece by piece as it is taken: in one
 * piece it would be there three times, and keep others waiting.
 */
export function sendInPieces(response: Response, value: unknown): void {
  const pieces = jsonPieces(value);
  let text = '';
  for (let next = pieces.next(); next.done !== true; next = pieces.next()) {
    text += next.value;
    if (text.length > sentAtOnce) {
      // Whoever does not want the rest any more has gone.
      pipeline(Readable.from(after(text, pieces)), response, () => undefined);
      return;
    }
  }
  response.send(text);
}

function* after(first: string, rest: Iterable<string>): Generator<string> {
  yield first;
  yield* rest;
}
