import fc, { type Arbitrary } from 'fast-check';

type Schema = Readonly<Record<string, unknown>>;

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Values that break programs: none of them should break this one. */
export const nasty: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    '\u0000',
    '\ud800',
    '../../etc/passwd',
    '%2e%2e%2f',
    '=cmd()',
    '<script>alert(1)</script>',
    "' OR 1=1 --",
    '{{7*7}}',
    'x'.repeat(10_000),
    -1,
    0.1,
    1e308,
    2 ** 53 + 2,
    true,
    [],
    {},
    [[[[[[[[[[]]]]]]]]]],
    { __proto__: { polluted: true } },
    JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
    '2019-02-29',
    '9999-99-99',
    '01a20c75-4a3c-7532-b916-7352039aa364',
  ),
  fc.anything({ maxDepth: 3, withNullPrototype: false }),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

/** Values that a JSON Schema accepts, more or less: enough to come past the first checks. */
export function valueOf(schema: unknown, depth = 0): Arbitrary<unknown> {
  if (!isSchema(schema) || depth > 6) return nasty;
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  for (const either of ['anyOf', 'oneOf'] as const)
    if (Array.isArray(schema[either]))
      return fc.oneof(...(schema[either] as unknown[]).map((one) => valueOf(one, depth + 1)));
  switch (schema['type']) {
    case 'string':
      return typeof schema['pattern'] === 'string' && !schema['pattern'].includes('\\u')
        ? fc.stringMatching(new RegExp(schema['pattern'])).map((text) => text.slice(0, 200))
        : fc.string({ maxLength: 40 });
    case 'integer':
    case 'number':
      return fc.integer({ min: -5, max: 1_000_000 });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(valueOf(schema['items'], depth + 1), { maxLength: 3 });
    case 'object': {
      const properties = isSchema(schema['properties']) ? schema['properties'] : {};
      return fc.record(
        Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, valueOf(of, depth + 1)])),
        { requiredKeys: Array.isArray(schema['required']) ? (schema['required'] as string[]) : [] },
      );
    }
    default:
      return nasty;
  }
}

/** The same with one thing wrong: a field of another sort, one too many, one too few. */
export function nearlyOf(schema: unknown): Arbitrary<unknown> {
  return fc.oneof(
    { weight: 2, arbitrary: valueOf(schema) },
    { weight: 1, arbitrary: nasty },
    {
      weight: 3,
      arbitrary: fc.tuple(valueOf(schema), fc.nat(), nasty).map(([value, at, wrong]) => {
        if (!isSchema(value)) return wrong;
        const names = Object.keys(value);
        const name = names[at % Math.max(1, names.length)] ?? 'surplus';
        return at % 3 === 0 ? { ...value, surplus: wrong } : { ...value, [name]: wrong };
      }),
    },
  );
}
