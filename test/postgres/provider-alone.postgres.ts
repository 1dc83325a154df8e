import { freePort } from '../running/free-port';
import { ProviderProcess } from '../sign-in/provider-process';
import { TwoSites } from '../sign-in/two-sites';
import { by, oneRecord, LiveAlone } from './live-alone';

/* People who sign in with a provider of their organisation, where recording and reporting are services of their own. */

let provider: ProviderProcess;
let services: LiveAlone;

beforeAll(async () => {
  const port = await freePort();
  const recording = `http://127.0.0.1:${port}`;
  provider = await ProviderProcess.start(`${recording}/sign-in/callback`);
  services = await LiveAlone.start(
    'three random words',
    {
      LEDGER_OIDC_ISSUER: provider.issuer,
      LEDGER_OIDC_CLIENT_ID: 'ledger',
      LEDGER_OIDC_CLIENT_SECRET: 'only known to this test',
      LEDGER_OIDC_AUDIENCE: 'ledger-api',
    },
    { PORT: String(port), LEDGER_PUBLIC_URL: recording },
  );
}, 300_000);
afterAll(async () => {
  await services.stop();
  await provider.stop();
}, 120_000);

test('whoever signs in at recording with the provider is known at reporting', async () => {
  const browser = new TwoSites();
  const page = await browser.signIn('ada', services.recording.url, provider.issuer);
  expect([page.at.pathname, page.status]).toEqual(['/account', 200]);
  expect(page.html).toContain('Signed in as Ada First.');
  const cookie = { headers: { Cookie: browser.cookiesOf(services.recording.url) } };
  expect((await services.reporting.ask('/api/records', cookie)).status).toBe(200);
  expect((await services.reporting.ask('/api/records')).status).toBe(401);
});

test('a token of the provider for another system is its user at both, and nobody where it is for another audience', async () => {
  const browser = new TwoSites();
  await browser.signIn('ada', services.recording.url, provider.issuer);
  const robot = {
    name: 'A robot',
    email: 'robot@example.org',
    subject: 'robot',
    grants: [{ role: 'programme-editor', programmes: 'all' }],
  };
  const headers = { Cookie: browser.cookiesOf(services.recording.url), Origin: services.recording.url };
  expect(await services.recording.ask('/api/users', { method: 'POST', headers, body: robot })).toMatchObject({
    status: 201,
  });
  const token = by(await provider.robotToken('ledger-api'));
  const recorded = await services.recording.ask('/api/records', {
    method: 'POST',
    ...token,
    body: oneRecord('Recorded by a robot'),
  });
  expect(recorded.status).toBe(201);
  const question = `/api/records?search=robot&after=${String(recorded.body['cursor'])}`;
  expect(await services.reporting.ask(question, token)).toMatchObject({
    status: 200,
    body: { records: [expect.objectContaining({ title: 'Recorded by a robot' })] },
  });
  const other = by(await provider.robotToken('another-system'));
  expect((await services.recording.ask('/api/records', other)).status).toBe(401);
  expect((await services.reporting.ask('/api/records', other)).status).toBe(401);
});
