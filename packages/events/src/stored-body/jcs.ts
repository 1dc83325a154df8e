/**
 * RFC 8785 (JSON Canonicalization Scheme).
 *
 * ECMAScript's own number and string serialisation is what the RFC prescribes, so the work left is to sort
 * the members of objects by UTF-16 code units and to refuse what has no canonical form.
 */

/** Thrown for a value that RFC 8785 cannot represent, or that the ledger refuses at its edge. */
export class NotCanonicalError extends Error {
  readonly code = 'NOT_CANONICAL';
  constructor(
    readonly path: string,
    readonly problem: string,
  ) {
    super(`${path === '' ? 'value' : path}: ${problem}`);
    this.name = 'NotCanonicalError';
  }
}

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
// Most strings of an event are plain ASCII and need neither escaping nor the surrogate check.
const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

/** Where a value stands: put into words only where something is wrong with it. */
interface Place {
  readonly within: Place | undefined;
  /** The name of a member, or the number of an element. */
  readonly key: string | number;
}

function pathOf(place: Place | undefined): string {
  if (place === undefined) return '';
  const before = pathOf(place.within);
  if (typeof place.key === 'number') return `${before}[${place.key}]`;
  return before === '' ? place.key : `${before}.${place.key}`;
}

function refused(
  within: Place | undefined,
  key: string | number | undefined,
  problem: string,
): NotCanonicalError {
  return new NotCanonicalError(pathOf(key === undefined ? within : { within, key }), problem);
}

function text(value: string, within: Place | undefined, key: string | number | undefined): string {
  if (plain.test(value)) return `"${value}"`;
  if (value.includes('\0')) throw refused(within, key, 'contains the character NUL, which is not allowed');
  if (loneSurrogate.test(value))
    throw refused(within, key, 'contains half of a character (a lone surrogate)');
  return JSON.stringify(value);
}

/**
 * The canonical text of a JSON value. Members that are `undefined` are left out, as in JSON.stringify.
 * @throws NotCanonicalError for NUL, lone surrogates, numbers that are not finite, integers beyond 2^53, bigints,
 *   functions and the like.
 */
export function canonicalJson(value: unknown): string {
  return textOf(value, undefined, undefined);
}

/** The text of a value under a key of what it lies within. */
function textOf(value: unknown, within: Place | undefined, key: string | number | undefined): string {
  switch (typeof value) {
    case 'string':
      return text(value, within, key);
    case 'number':
      if (!Number.isFinite(value)) throw refused(within, key, 'is not a finite number');
      if (Number.isInteger(value) && !Number.isSafeInteger(value))
        throw refused(within, key, 'is a whole number beyond 2^53; send it as a string of digits');
      return Object.is(value, -0) ? '0' : String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      break;
    default:
      throw refused(within, key, `is a ${typeof value}, which JSON does not have`);
  }
  if (value === null) return 'null';
  const place = key === undefined ? within : { within, key };
  if (Array.isArray(value)) {
    let out = '[';
    for (let i = 0; i < value.length; i++) {
      if (i > 0) out += ',';
      out += textOf(value[i], place, i);
    }
    return out + ']';
  }
  // A JSON object is exactly a record of unknown members.
  const members = value as Record<string, unknown>;
  const names = Object.keys(members);
  // Without a comparator, sort orders by UTF-16 code units, as section 3.2.3 of the RFC asks.
  names.sort();
  let out = '{';
  for (const name of names) {
    const member = members[name];
    if (member === undefined) continue;
    if (out.length > 1) out += ',';
    out += `${text(name, place, name)}:${textOf(member, place, name)}`;
  }
  return out + '}';
}
