import { LiveLedger } from '../live/live-ledger';
import { freePort } from '../running/free-port';
import { ProviderProcess } from './provider-process';
import { TwoSites, type Page } from './two-sites';

/*
 * Signing in with a real OpenID Connect provider: by browser with the authorisation code flow, and by bearer token.
 */

let provider: ProviderProcess;
let ledger: LiveLedger;

beforeAll(async () => {
  const port = await freePort();
  provider = await ProviderProcess.start(`http://127.0.0.1:${port}/sign-in/callback`);
  ledger = await LiveLedger.start({
    port,
    provider: {
      issuer: provider.issuer,
      clientId: 'ledger',
      clientSecret: 'only known to this test',
      audience: 'ledger-api',
    },
  });
}, 60_000);
afterAll(async () => {
  await ledger.stop();
  await provider.stop();
});

const signIn = async (name: string): Promise<Page> =>
  new TwoSites().signIn(name, ledger.url, provider.issuer);

test('a user with the verified address of an account signs in, and afterwards by the subject alone', async () => {
  for (const time of ['first', 'second']) {
    const page = await signIn('ada');
    expect([time, page.at.pathname, page.status]).toEqual([time, '/account', 200]);
    expect(page.html).toContain('Signed in as Ada First.');
  }
});

test('somebody the provider knows and the ledger does not is told to ask an administrator', async () => {
  const page = await signIn('stranger');
  expect(page.status).toBe(401);
  expect(page.html).toContain('you are no user of this ledger');
});

test('an address that the provider has not verified signs nobody in', async () => {
  await ledger.user('unverified carol', [{ role: 'auditor', programmes: 'all' }]);
  expect((await signIn('unverified.carol')).status).toBe(401);
});

test('an answer of the provider that this browser did not ask for signs nobody in', async () => {
  const page = await new TwoSites().go(`${ledger.url}/sign-in/callback?code=stolen&state=stolen`);
  expect(page.status).toBe(400);
  expect(page.html).toContain('Begin again at /sign-in');
});

describe('a bearer token', () => {
  beforeAll(async () => {
    const body = {
      name: 'A robot',
      email: 'robot@example.org',
      subject: 'robot',
      grants: [{ role: 'report-writer', programmes: 'all' }],
    };
    const { status, text } = await ledger.post('/api/users', body, ledger.server.operatorToken);
    if (status !== 201) throw new Error(text);
  });

  test('of the provider, for this ledger, is the user of its subject', async () => {
    const token = await provider.robotToken('ledger-api');
    expect((await ledger.get('/api/annual-totals?year=2025/26', token)).status).toBe(200);
    expect((await ledger.get('/api/records', token)).status).toBe(403);
  });
  test('for another audience is not accepted', async () => {
    const { status, body } = await ledger.get('/api/measures', await provider.robotToken('another-system'));
    expect([status, body['code']]).toEqual([401, 'INVALID_TOKEN']);
  });
  test('that was altered, or is signed by nobody, is not accepted', async () => {
    const token = await provider.robotToken('ledger-api');
    const [head = '', claims = '', signature = ''] = token.split('.');
    const other = Buffer.from(claims, 'base64url').toString().replace('"robot"', '"ada"');
    const forged = [head, Buffer.from(other).toString('base64url'), signature].join('.');
    const unsigned = [Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url'), claims, ''].join('.');
    for (const bad of [forged, unsigned, 'no token at all'])
      expect((await ledger.get('/api/measures', bad)).status).toBe(401);
  });
});
