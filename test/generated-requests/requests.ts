import fc, { type Arbitrary } from 'fast-check';
import { nasty, nearlyOf, valueOf } from './json-of-schema';

/** A request as it is to be sent, whatever is wrong with it. */
export interface MadeRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Who sends it. */
  readonly as: string;
}

/** A route as the API description or the list of pages has it. */
export interface Described {
  readonly method: string;
  readonly path: string;
  readonly query: readonly { readonly name: string; readonly schema: unknown }[];
  readonly body: unknown;
  readonly page: boolean;
}

/** Header values may hold visible characters only; anything else no client could send. */
function headerText(value: unknown): string {
  return asText(value)
    .replaceAll(/[^\x20-\x7e]/g, '?')
    .trim()
    .slice(0, 9000);
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    // Bigints and circles cannot be written as JSON.
    return String(Math.PI);
  }
}

function encoded(value: unknown): string {
  // Lone surrogates have no encoding in an address; they are sent in bodies.
  return encodeURIComponent(
    asText(value)
      .replaceAll(/[\ud800-\udfff]/g, '?')
      .slice(0, 3000),
  );
}

const pathPart: Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '01a20c75-4a3c-7532-b916-7352039aa364',
    'activity',
    'SupportProvided',
    'cyber-security',
    '..%2f..%2fetc%2fpasswd',
    '%00',
    '%E0%A4%A',
    '%',
    'https:%2f%2fevil.example',
    '.',
    '__proto__',
    'constructor',
    '1'.repeat(3000),
  ),
  nasty.map(encoded),
);

/** Mostly left out: a request with five things wrong comes no further than the first. */
function seldom(value: Arbitrary<string>): Arbitrary<string | undefined> {
  return fc
    .option(value, { nil: undefined, freq: 2 })
    .chain((one) => fc.boolean().map((keep) => (keep ? one : undefined)));
}

const headers: Arbitrary<Record<string, string>> = fc
  .record({
    'If-Match': seldom(nasty.map(headerText)),
    'Idempotency-Key': seldom(fc.oneof(fc.constantFrom('k1', '', 'x'.repeat(5000)), nasty.map(headerText))),
    Accept: seldom(fc.constantFrom('text/csv', 'image/png', '*/*', 'nonsense')),
    Origin: seldom(fc.constantFrom('https://evil.example', 'null')),
    Cookie: seldom(
      fc.oneof(
        fc.constantFrom('ledger_session=stolen', 'ledger_form=x', 'ledger_visitor=%00', '=', ';;;'),
        nasty.map(headerText),
      ),
    ),
  })
  .map(
    (all) =>
      Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<
        string,
        string
      >,
  );

const json = 'application/json';
const contentTypes = [
  json,
  json,
  json,
  json,
  json,
  json,
  'application/json; charset=utf-16',
  'text/plain',
  '',
];

function bodyOf({ body, page }: Described): Arbitrary<string | undefined> {
  if (page)
    return fc
      .dictionary(fc.string({ maxLength: 20 }), nasty.map(asText))
      .map((form) => new URLSearchParams(form).toString());
  return fc.oneof(
    { weight: 6, arbitrary: nearlyOf(body).map(asText) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', '{', '[]', '"text"', 'null', '{"a":1', '[[[[', '['.repeat(20_000)),
    },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

/** One request to one route, by one of the callers. */
export function requestTo(described: Described, callers: readonly string[]): Arbitrary<MadeRequest> {
  const parameters = fc.array(pathPart, { minLength: 3, maxLength: 3 });
  const query = fc.tuple(
    ...described.query.map(({ name, schema }) =>
      fc.option(
        fc.oneof(valueOf(schema), nasty).map((value) => `${name}=${encoded(value)}`),
        { nil: '' },
      ),
    ),
    fc.constantFrom(
      '',
      '',
      '',
      'surplus=1',
      'year[a]=1',
      'year=1&year=2',
      '%',
      'a=%E0%A4%A',
      '__proto__[x]=1',
    ),
  );
  const usual = described.method.toUpperCase();
  return fc
    .record({
      parameters,
      query,
      headers,
      body: bodyOf(described),
      type: fc.constantFrom(...contentTypes),
      as: fc.constantFrom(...callers),
      method: fc.oneof(
        { weight: 9, arbitrary: fc.constant(usual) },
        { weight: 1, arbitrary: fc.constantFrom('PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'POST', 'GET') },
      ),
    })
    .map(({ parameters: parts, query: asked, headers: sent, body, type, as, method }) => {
      let at = 0;
      const path = described.path.replaceAll(/\{\w+\}/g, () => parts[at++] ?? 'x');
      const search = asked.filter((part) => part !== '').join('&');
      const withBody = method !== 'GET' && method !== 'HEAD' && body !== undefined;
      const form = described.page ? 'application/x-www-form-urlencoded' : type;
      return {
        method,
        path: search === '' ? path : `${path}?${search}`,
        headers: { ...sent, ...(withBody && form !== '' && { 'Content-Type': form }) },
        body: withBody ? body : undefined,
        as,
      };
    });
}
