/*
 * Reading what JSON holds, with faults named. The recount has its own, so that a mistake in the schemas of the
 * ledger cannot hide in it.
 */

export interface JsonObject {
  readonly [name: string]: unknown;
}

/** What was read is not what the format of the ledger says. */
export class UnexpectedJsonError extends Error {
  readonly code = 'UNEXPECTED_JSON';
  constructor(where: string, expected: string) {
    super(`${where} is not ${expected}; the recount reads only what its README describes.`);
    this.name = 'UnexpectedJsonError';
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws UnexpectedJsonError */
export function asObject(value: unknown, where: string): JsonObject {
  if (!isObject(value)) throw new UnexpectedJsonError(where, 'an object');
  return value;
}

/** @throws UnexpectedJsonError */
export function objectAt(from: JsonObject, name: string): JsonObject {
  return asObject(from[name], name);
}

/** @throws UnexpectedJsonError */
export function textAt(from: JsonObject, name: string): string {
  const value = from[name];
  if (typeof value !== 'string') throw new UnexpectedJsonError(name, 'a text');
  return value;
}

/** The text, or null where there is none. @throws UnexpectedJsonError */
export function textOrNull(from: JsonObject, name: string): string | null {
  return from[name] === undefined || from[name] === null ? null : textAt(from, name);
}

/** @throws UnexpectedJsonError */
export function wholeAt(from: JsonObject, name: string): number {
  const value = from[name];
  if (typeof value !== 'number' || !Number.isSafeInteger(value))
    throw new UnexpectedJsonError(name, 'a whole number');
  return value;
}

/** The whole number, or null where there is none. @throws UnexpectedJsonError */
export function wholeOrNull(from: JsonObject, name: string): number | null {
  return from[name] === undefined ? null : wholeAt(from, name);
}

/** The objects of a list; none where the list is missing. @throws UnexpectedJsonError */
export function objectsAt(from: JsonObject, name: string): JsonObject[] {
  const value = from[name] ?? [];
  if (!Array.isArray(value)) throw new UnexpectedJsonError(name, 'a list');
  return value.map((item) => asObject(item, name));
}

/** The texts of a list, or null where the list is missing. @throws UnexpectedJsonError */
export function textsOrNull(from: JsonObject, name: string): string[] | null {
  const value = from[name];
  if (value === undefined) return null;
  if (!Array.isArray(value)) throw new UnexpectedJsonError(name, 'a list');
  return value.map((item: unknown) => {
    if (typeof item !== 'string') throw new UnexpectedJsonError(name, 'a list of texts');
    return item;
  });
}
