import fc from 'fast-check';
import { canonicalJson, NotCanonicalError } from './jcs';
import { decodeStoredBody, encodeStoredBody, type StoredBody } from './stored-body';

describe('RFC 8785', () => {
  test('the example of section 3.2.2 and 3.2.3: values, then members sorted', () => {
    const value = {
      // The RFC writes the first as 333333333.33333329, which is the same double.
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '€$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    };
    // 1e30 is a whole number beyond 2^53, which this ledger refuses; the rest is as the RFC prints it.
    expect(() => canonicalJson(value)).toThrow('numbers[1]');
    const { numbers, ...rest } = value;
    expect(canonicalJson({ ...rest, numbers: numbers.filter((number) => number !== 1e30) })).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test('members are sorted by UTF-16 code units, as in section 3.2.3', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonicalJson(value)) as object)).toHaveLength(7);
    expect([...canonicalJson(value).matchAll(/:"([^"]*)"/g)].map(([, text]) => text)).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  // Appendix B: the bits of a double, and how it is written.
  test.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['4340000000000001', null],
    ['c340000000000000', null],
    ['444b1ae4d6e2ef50', null],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['7fffffffffffffff', null],
    ['7ff0000000000000', null],
  ])('the double %s is written %p', (bits, expected) => {
    const number = Buffer.from(bits, 'hex').readDoubleBE();
    const written = (): string => canonicalJson(number);
    // Numbers that are none, and whole ones beyond 2^53, are refused at the edge.
    expect(expected === null ? refusal(written) : written()).toBe(expected ?? 'NOT_CANONICAL');
  });

  function refusal(work: () => unknown): string {
    try {
      return String(work());
    } catch (error) {
      return error instanceof NotCanonicalError ? error.code : String(error);
    }
  }

  test.each([
    ['NUL', { a: ['x\0'] }, 'a[0]'],
    ['half a character', { a: { b: '\ud83d' } }, 'a.b'],
    ['a function', { a: () => 1 }, 'a'],
    ['a bigint', { a: 1n }, 'a'],
  ])('%s is refused with its path', (_what, value, path) => {
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'NOT_CANONICAL', path }));
  });

  test('the canonical form of what was parsed from it is the same text', () => {
    // Strings and numbers that the ledger refuses are left out: they have tests of their own.
    const taken = fc
      .jsonValue({ stringUnit: 'grapheme-ascii' })
      .filter((value) => !/\de\+|\d{16}/.test(JSON.stringify(value)));
    fc.assert(
      fc.property(taken, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

test('a stored body comes back from its bytes as it was, and makes the same bytes again', () => {
  const id = '01a20c75-4a3c-7532-b916-7352039aa364';
  const body: StoredBody = {
    id,
    type: 'EventHeld',
    schemaVersion: 1,
    stream: `activity-${id}`,
    recordedAt: '2016-04-01T08:00:00.000Z',
    actor: id,
    command: { scope: 'record', key: 'k', hash: 'h' },
    import: { id, row: 7 },
    warnings: [{ code: 'long-ago', noteRef: { vault: id, sha256: '0'.repeat(64) } }],
    correlationId: id,
    causationId: id,
    illustrative: true,
    data: { title: 'Café 🦊', attendees: 12 },
  };
  const bytes = encodeStoredBody(body);
  expect(decodeStoredBody(bytes)).toEqual(body);
  expect(Buffer.from(encodeStoredBody(decodeStoredBody(bytes))).equals(Buffer.from(bytes))).toBe(true);
});

test.each([
  ['no UTF-8', Uint8Array.of(0xff, 0xfe)],
  ['no JSON', Buffer.from('{"id":"01a20c75')],
  ['no event', Buffer.from('null')],
  ['no event', Buffer.from('{"id":"x","type":"EventHeld","stream":7}')],
])('bytes that are %s are refused as damaged, with what to do', (what, bytes) => {
  expect(() => decodeStoredBody(bytes)).toThrow(
    `The stored body is damaged: it is ${what}. Restore the ledger from a backup that is older than the damage.`,
  );
});
