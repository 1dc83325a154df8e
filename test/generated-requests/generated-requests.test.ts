import { connect, type Socket } from 'node:net';
import { request as send } from 'node:http';
import fc from 'fast-check';
import { allRoutes } from '@ledger/standalone';
import { userRoles } from '@ledger/access';
import { report } from '../endurance/report';
import { LiveLedger } from '../live/live-ledger';
import { requestTo, type Described, type MadeRequest } from './requests';

/*
 * Wrong use: requests made from the ledger's own description of itself, with bad sessions, wrong roles, path tricks,
 * broken, oversized and slow bodies. Nothing answers 5xx, tells a stack or a path, or changes anything without
 * permission. LEDGER_REQUESTS says how many; the seed is printed on failure.
 */

const howMany = Number(process.env['LEDGER_REQUESTS'] ?? 1000);
const seed = Number(process.env['LEDGER_SEED'] ?? 20_261_124);

let ledger: LiveLedger;
const tokens = new Map<string, string | undefined>([
  ['nobody', undefined],
  ['a forged token', 'x'.repeat(43)],
  ['a broken token', 'a.b.c'],
]);
/** Slow clients, connected before everything else and looked at when all is done. */
const slow: { readonly socket: Socket; readonly closed: Promise<void> }[] = [];

function stalling(text: string): void {
  const { hostname, port } = new URL(ledger.url);
  const socket = connect(Number(port), hostname, () => socket.write(text));
  socket.on('error', () => undefined);
  socket.resume();
  slow.push({ socket, closed: new Promise((resolve) => socket.once('close', () => resolve())) });
}

beforeAll(async () => {
  ledger = await LiveLedger.start();
  for (const role of userRoles)
    tokens.set(role, (await ledger.user(`The ${role}`, [{ role, programmes: 'all' }])).token);
  stalling(
    'POST /api/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
  );
  stalling('GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-Never: ');
  for (let at = 0; at < 50; at++) stalling('GET /sign-in HTTP/1.1\r\n');
}, 60_000);
afterAll(async () => {
  for (const { socket } of slow) socket.destroy();
  await ledger.stop();
});

interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly schema: unknown;
}
interface Operation {
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> };
}

/** What the ledger says of itself, and its pages. */
async function described(): Promise<readonly Described[]> {
  const { body } = await ledger.get('/openapi.json');
  // The description has passed the tests of its own.
  const paths = body['paths'] as Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  const api = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters, requestBody }]) => ({
      method,
      path,
      query: parameters.filter((one) => one.in === 'query'),
      body: requestBody?.content['application/json']?.schema ?? {},
      page: false,
    })),
  );
  const neverOpen = (): never => {
    throw new Error('Only the declarations are looked at');
  };
  const { pages } = allRoutes(neverOpen, { oidc: () => undefined, secure: false });
  const names = [
    'year',
    'asRecordedBy',
    'cursor',
    'of',
    'by',
    'name',
    'next',
    'recorded',
    'after',
    'search',
    'event',
  ];
  const query = names.map((name) => ({ name, schema: { type: 'string' } }));
  return [...api, ...pages.map(({ method, path }) => ({ method, path, query, body: {}, page: true }))];
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

async function sent({ method, path, headers, body, as }: MadeRequest): Promise<Answer> {
  const { hostname, port } = new URL(ledger.url);
  const token = tokens.get(as);
  return new Promise((resolve, reject) => {
    const request = send(
      {
        hostname,
        port,
        method,
        path,
        headers: { ...headers, ...(token !== undefined && { Authorization: `Bearer ${token}` }) },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'] ?? '',
            text: Buffer.concat(parts).toString('utf8'),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

async function position(): Promise<number> {
  const { text } = await ledger.get('/metrics');
  return Number(/^ledger_log_position (\d+)/m.exec(text)?.[1]);
}

/** What is wrong with an answer, whatever was asked. */
function faultsOf(
  { method, as }: MadeRequest,
  { status, type, text }: Answer,
  changed: boolean,
): readonly string[] {
  const faults: string[] = [];
  const shown = text.slice(0, 300);
  if (status >= 500) faults.push(`it answered ${status}: ${shown}`);
  if (/\n\s+at .+\(.+:\d+:\d+\)|node_modules|\/packages\/|\/services\//.test(text))
    faults.push(`it tells of its inside: ${shown}`);
  if (status >= 400 && method !== 'HEAD' && !saysWhatIsWrong(type, text, status))
    faults.push(`its ${status} says nothing: ${type} ${shown}`);
  if (changed && !(mayWrite.has(as) && ['POST', 'PUT'].includes(method) && status < 400))
    faults.push(`${as} changed the ledger by ${method}, answered ${status}`);
  return faults;
}

function saysWhatIsWrong(type: string, text: string, status: number): boolean {
  if (type.startsWith('text/html')) return text.includes('</html>');
  if (!type.startsWith('application/problem+json')) return false;
  const problem = JSON.parse(text) as Readonly<Record<string, unknown>>;
  return (
    problem['status'] === status &&
    typeof problem['code'] === 'string' &&
    /\S/.test(String(problem['detail']))
  );
}

const mayWrite = new Set(['programme-editor', 'publisher', 'administrator']);

test('generated requests are answered or refused in words, and change nothing that they may not', async () => {
  const routes = await described();
  // Those who may write come oftener: what they send goes furthest.
  const callers = [
    ...tokens.keys(),
    ...Array<string>(8).fill('programme-editor'),
    'publisher',
    'administrator',
  ];
  // Ending a session would end what its user could still have tried.
  const made = fc
    .constantFrom(...routes)
    .chain((route) => requestTo(route, callers))
    .filter(({ method, path }) => !(method === 'DELETE' && path.startsWith('/api/sessions')));
  let before = await position();
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(made, async (request) => {
      const { status, type, text } = await sent(request);
      seen.add(status);
      const after = await position();
      expect(faultsOf(request, { status, type, text }, after !== before)).toEqual([]);
      before = after;
    }),
    { numRuns: howMany, seed, endOnFailure: true },
  );
  report('requests', [{ seed, requests: howMany, 'answers met': [...seen].sort((a, b) => a - b).join(' ') }]);
  // The requests come as far as every sort of answer, so that what was checked could have failed.
  expect([200, 303, 400, 401, 403, 404, 405, 422].filter((status) => !seen.has(status))).toEqual([]);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
}, 600_000);

test('what is no HTTP, or too much of it, is refused; the ledger goes on', async () => {
  const raw = async (text: string): Promise<string> => {
    const { hostname, port } = new URL(ledger.url);
    return new Promise((resolve) => {
      let answer = '';
      const socket = connect(Number(port), hostname, () => socket.end(text));
      socket.on('data', (part: Buffer) => (answer += part.toString()));
      socket.on('error', () => resolve(answer));
      socket.on('close', () => resolve(answer));
    });
  };
  for (const text of [
    'nonsense\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
    'GET / HTTP/1.1\r\n\r\n',
    'POST /api/records HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n',
    'POST /api/records HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n',
    'GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n',
  ])
    expect(await raw(text)).toMatch(/^(HTTP\/1\.1 4\d\d|$)/);
  const token = tokens.get('programme-editor');
  const large = { records: [{ type: 'SupportProvided', data: { title: 'x'.repeat(6_000_000) } }] };
  const { status, body } = await ledger.post('/api/records', large, token);
  expect([status, body['code']]).toEqual([413, 'BODY_TOO_LARGE']);
  expect((await ledger.get('/health/live')).status).toBe(200);
});

test('clients that stall are let go of within the limit, and held nobody up meanwhile', async () => {
  await Promise.all(slow.map(({ closed }) => closed));
  expect((await ledger.get('/health/ready')).status).toBe(200);
}, 60_000);
