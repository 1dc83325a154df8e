import { RunningLedger } from '../running/running-ledger';

type Json = Readonly<Record<string, unknown>>;
let ledger: RunningLedger;
let document: Json;
beforeAll(async () => {
  ledger = await RunningLedger.start(false);
  document = (await ledger.get('/openapi.json')).body;
}, 60_000);
afterAll(() => ledger.stop());

/** Every reference in a document. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === '$ref' ? [String(inner)] : references(inner),
  );
}

test('the OpenAPI document is of version 3.1 and every reference in it leads somewhere', () => {
  expect(document['openapi']).toBe('3.1.0');
  const leads = (reference: string): unknown =>
    reference
      .replace('#/', '')
      .split('/')
      .reduce<unknown>((found, part) => (found as Json | undefined)?.[part], document);
  expect(references(document).length).toBeGreaterThan(20);
  expect(references(document).filter((reference) => leads(reference) === undefined)).toEqual([]);
});

test('it names the routes that scripts rely on, and the header that says who acts', () => {
  const paths = document['paths'] as Json;
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining([
      '/api/figures/{id}',
      '/api/take-up',
      '/api/annual-totals',
      '/api/savings',
      '/api/measures',
      '/api/offers',
      '/api/records',
    ]),
  );
  const { parameters } = (
    paths['/api/records'] as {
      post: { parameters: readonly { name: string; schema: { default?: string } }[] };
    }
  ).post;
  expect(parameters.find(({ name }) => name === 'Ledger-User')?.schema.default).toBe('everyone');
  expect(parameters.map(({ name }) => name)).toContain('Idempotency-Key');
});

test('operations have names of their own, and every parameter of a path is described', () => {
  const operations = Object.entries(document['paths'] as Json).flatMap(([path, methods]) =>
    Object.values(methods as Json).map((operation) => ({
      path,
      ...(operation as { operationId: string; parameters: readonly { name: string; in: string }[] }),
    })),
  );
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  for (const { path, parameters } of operations) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect([path, parameters.filter((one) => one.in === 'path').map(({ name }) => name)]).toEqual([
      path,
      inPath,
    ]);
  }
});

test('pages need no script, link every number to its explanation, and say what they are', async () => {
  for (const path of [
    '/',
    '/annual-totals?year=2016/17',
    '/savings?year=2016/17',
    '/take-up?measure=peer-challenges&by=type&year=2016/17',
  ]) {
    const response = await fetch(new URL(path, ledger.url));
    const html = await response.text();
    expect([path, response.status]).toEqual([path, 200]);
    expect(html).toContain('<html lang="en-GB"');
    expect(html).toContain('Demonstration');
    // The one script makes better what works without it (see the browser tests).
    expect([...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)).toEqual([
      '<script src="/assets/ledger.js" defer>',
    ]);
    for (const [, link = ''] of html.matchAll(/href="(\/explain[^"]*)"/g)) {
      const explained = await fetch(new URL(link.replaceAll('&amp;', '&'), ledger.url));
      expect([link, explained.status]).toEqual([link, 200]);
    }
  }
}, 60_000);

test('a page asked wrongly says what to do, in words', async () => {
  const response = await fetch(new URL('/take-up?measure=unicorns&by=type&year=2016/17', ledger.url));
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('There is no measure “unicorns”');
});
