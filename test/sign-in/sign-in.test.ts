import { readFileSync } from 'node:fs';
import { request as rawRequest } from 'node:http';
import { join } from 'node:path';
import { readConfiguration } from '@ledger/standalone';
import { FormVisitor } from '../live/browserless';
import { firstPassword, LiveLedger } from '../live/live-ledger';

let ledger: LiveLedger;
beforeAll(async () => {
  ledger = await LiveLedger.start();
}, 60_000);
afterAll(() => ledger.stop());

/** A request with headers that fetch does not let one set. */
async function withHeaders(
  path: string,
  headers: Readonly<Record<string, string>>,
  method = 'GET',
): Promise<number> {
  const { hostname, port } = new URL(ledger.url);
  return new Promise((resolve, reject) => {
    const sent = rawRequest({ hostname, port, path, method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.once('error', reject);
    sent.end();
  });
}

describe('a session', () => {
  test('of a browser begins with a password, is not shown to scripts, and ends', async () => {
    const visitor = new FormVisitor(ledger.url);
    expect((await visitor.get('/records')).at).toBe('/sign-in?next=%2Frecords');
    const wrong = await visitor.send('/sign-in', { email: 'ada@example.org', password: 'not this one' });
    expect([wrong.status, wrong.html.includes('The e-mail address or the password is not right')]).toEqual([
      401,
      true,
    ]);
    const right = await visitor.send(
      '/sign-in?next=/records',
      { email: 'ADA@example.org', password: firstPassword },
      '/sign-in',
    );
    expect([right.at, right.status]).toEqual(['/records', 200]);
    expect((await visitor.send('/records', {}, '/sign-out')).at).toBe('/sign-in');
    expect((await visitor.get('/records')).at).toBe('/sign-in?next=%2Frecords');
  });
  test('of the API outlives a restart, and ends when it is ended', async () => {
    const token = await ledger.signIn();
    await ledger.again();
    expect((await ledger.get('/api/measures', token)).status).toBe(200);
    expect((await ledger.request('DELETE', '/api/sessions', { token })).status).toBe(200);
    expect((await ledger.get('/api/measures', token)).body['code']).toBe('INVALID_TOKEN');
  });
  test('sends nobody on to another site', async () => {
    const visitor = new FormVisitor(ledger.url);
    for (const next of ['https://evil.example', '//evil.example', '/\\evil.example'])
      expect(
        (await visitor.send('/sign-in', { email: 'ada@example.org', password: firstPassword, next })).at,
      ).toBe('/');
  });
});

test('a new user has nothing to do but choose a password, and then the roles that were given', async () => {
  const body = {
    name: 'Ben New',
    email: 'ben@example.org',
    grants: [{ role: 'report-writer', programmes: 'all' }],
  };
  const added = await ledger.post('/api/users', body, await ledger.signIn());
  const given = String(added.body['password']);
  const token = await ledger.signIn('ben@example.org', given);
  expect((await ledger.get('/api/measures', token)).body['code']).toBe('NOT_YOUR_ROLE');
  const weak = await ledger.post('/api/password', { current: given, wanted: 'short' }, token);
  expect([weak.status, weak.body['code']]).toEqual([422, 'WEAK_PASSWORD']);
  const changed = await ledger.post(
    '/api/password',
    { current: given, wanted: 'quite another long one' },
    token,
  );
  expect((await ledger.get('/api/measures', String(changed.body['token']))).status).toBe(200);
  expect((await ledger.get('/api/measures', token)).status).toBe(401);
});

test('a user who is let in no longer is out at once, and nobody changes his or her own roles', async () => {
  const { id, token } = await ledger.user('Cleo Out', [{ role: 'auditor', programmes: 'all' }]);
  const admin = await ledger.signIn();
  expect((await ledger.get('/api/records', token)).status).toBe(200);
  expect(
    (await ledger.request('PUT', `/api/users/${id}`, { token: admin, body: { active: false } })).status,
  ).toBe(200);
  expect((await ledger.get('/api/records', token)).status).toBe(401);
  const users = (await ledger.get('/api/users', admin)).body['users'] as { id: string; name: string }[];
  const own = users.find(({ name }) => name === 'Ada First')?.id ?? '';
  const change = await ledger.request('PUT', `/api/users/${own}`, { token: admin, body: { grants: [] } });
  expect(change.body['code']).toBe('OWN_ROLES');
});

test('failed attempts are limited, for an address that exists and for one that does not', async () => {
  for (const email of ['dora@example.org', 'nobody@example.org']) {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 7; attempt++)
      statuses.push((await ledger.post('/api/sessions', { email, password: 'wrong wrong wrong' })).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
  }
  const limited = await ledger.post('/api/sessions', { email: 'nobody@example.org', password: 'x' });
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
});

describe('a request from elsewhere', () => {
  test('under another name of this machine is refused', async () => {
    expect(await withHeaders('/sign-in', { Host: 'evil.example' })).toBe(403);
    expect(await withHeaders('/sign-in', { Host: 'localhost.evil.example:80' })).toBe(403);
  });
  test('of a page of another site is refused', async () => {
    const headers = { Origin: 'https://evil.example', 'Content-Type': 'application/json' };
    expect(await withHeaders('/api/sessions', headers, 'POST')).toBe(403);
    expect(await withHeaders('/sign-in', { Origin: 'null' }, 'POST')).toBe(403);
  });
  test('a form without the token of its page changes nothing', async () => {
    const visitor = new FormVisitor(ledger.url);
    await visitor.send('/sign-in', { email: 'ada@example.org', password: firstPassword });
    const forged = await visitor.send('/records', { 'form-token': 'forged', visitor: 'x' }, '/users/new');
    expect([forged.status, forged.html.includes('This form is out of date')]).toEqual([403, true]);
    const without = await visitor.send('/records', { 'form-token': '' }, '/sign-out');
    expect(without.status).toBe(403);
  });
});

test('every answer carries the headers that keep a browser safe', async () => {
  for (const path of ['/sign-in', '/api/measures', '/nothing-here']) {
    const { headers } = await ledger.get(path);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-powered-by')).toBeNull();
  }
});

test('the audit file tells of sign-ins, failures and what was denied, with no address and no secret in it', async () => {
  await ledger.post('/api/sessions', {
    email: 'Secret.Canary@example.org',
    password: 'Secret.Canary password',
  });
  await ledger.get('/api/annual-totals?year=2025/26&format=csv', await ledger.signIn());
  await ledger.get('/api/audit');
  const text = readFileSync(join(ledger.folder, 'audit.jsonl'), 'utf8');
  const entries = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { what: string; route?: string });
  expect(entries.map(({ what }) => what)).toEqual(
    expect.arrayContaining(['signed-in', 'sign-in-failed', 'denied', 'records-exported']),
  );
  expect(entries.at(-1)).toMatchObject({ what: 'denied', route: 'GET /api/audit' });
  expect(text.toLowerCase()).not.toContain('canary');
  const { token } = await ledger.user('Edna Audits', [{ role: 'auditor', programmes: 'all' }]);
  const told = (await ledger.get('/api/audit', token)).body['entries'] as { what: string }[];
  expect(told[0]?.what).toBe('audit-read');
});

describe('a ledger is not opened to the network', () => {
  test('as a demonstration, nor without HTTPS', () => {
    const open = (environment: Record<string, string>) => () => readConfiguration(environment, []);
    expect(open({ HOST: '0.0.0.0' })).toThrow('a demonstration ledger has no sign-in');
    expect(open({ HOST: '0.0.0.0', LEDGER_DATA: ledger.folder })).toThrow('LEDGER_PUBLIC_URL');
    expect(
      open({ HOST: '0.0.0.0', LEDGER_DATA: ledger.folder, LEDGER_PUBLIC_URL: 'http://l.example' }),
    ).toThrow('https');
    expect(
      open({ HOST: '0.0.0.0', LEDGER_DATA: ledger.folder, LEDGER_PUBLIC_URL: 'https://l.example' })(),
    ).toMatchObject({
      host: '0.0.0.0',
    });
    expect(open({ LEDGER_OIDC_ISSUER: 'https://id.example' })).toThrow('are set together');
  });
});
