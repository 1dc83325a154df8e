/*
 * A real OpenID Connect provider for tests. `node provider.mjs PORT REDIRECT_URI`; it says "ready" when it listens.
 * Anybody may sign in at its own pages, under any name.
 */
import Provider from 'oidc-provider';

const [port, redirectUri] = process.argv.slice(2);
const secret = 'only known to this test';
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: 'ledger',
      client_secret: secret,
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
    {
      client_id: 'robot',
      client_secret: secret,
      redirect_uris: [],
      grant_types: ['client_credentials'],
      response_types: [],
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@example.org`, email_verified: !id.startsWith('unverified') }),
  }),
  cookies: { keys: [secret] },
  features: {
    devInteractions: { enabled: true },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_context, resource) => ({
        scope: '',
        audience: resource.slice(resource.lastIndexOf(':') + 1),
        accessTokenFormat: 'jwt',
        accessTokenTTL: 600,
      }),
    },
  },
});
provider.listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));
