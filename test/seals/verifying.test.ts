import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figureOf, newPrivateKey, signerOf, formatKey } from '@ledger/seal';
import { startStandalone, type Standalone } from '@ledger/standalone';

/* What a ledger hands over is verified by the command without the ledger: no folder of it is named, and no server runs. */

const command = join(__dirname, '..', '..', 'services', 'cli', 'bin', 'ledger.js');
let root: string;
let server: Standalone;
let key: string;
let bundle: string;
let checkpoint: string;

const at = (name: string): string => join(root, name);

async function verify(
  ...given: readonly string[]
): Promise<{ readonly code: number; readonly said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [command, 'verify', ...given], { env: {}, cwd: root }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, said: out + err });
    });
  });
}

async function download(path: string, name: string): Promise<string> {
  const response = await fetch(new URL(path, server.url));
  if (!response.ok) throw new Error(await response.text());
  writeFileSync(at(name), Buffer.from(await response.arrayBuffer()));
  return at(name);
}

/** A copy of a text file with something done to it. */
function changed(file: string, name: string, change: (text: string) => string): string {
  const text = readFileSync(file, 'utf8');
  const other = change(text);
  if (other === text) throw new Error(`${name} is not changed`);
  writeFileSync(at(name), other);
  return at(name);
}

async function seal(): Promise<{ readonly number: number; readonly size: number }> {
  const response = await fetch(new URL('/api/seals', server.url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
  });
  return (await response.json()) as { number: number; size: number };
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'verifying-'));
  server = await startStandalone({ port: 0, folder: at('ledger'), full: true });
  await server.ready;
  const publication = {
    publication: 'Annual report',
    ask: 'savings-table',
    parameters: { year: '2019/20', by: 'area' },
    table: true,
  };
  const published = await fetch(new URL('/api/publications', server.url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(publication),
  });
  if (!published.ok) throw new Error(await published.text());
  const { number } = await seal();
  key = at('ledger/seal.pub');
  checkpoint = await download(`/api/seals/${number}`, 'checkpoint.txt');
  bundle = await download('/api/bundle?years=2016/17', 'bundle.ndjson');
}, 120_000);
afterAll(async () => {
  await server.stop();
  rmSync(root, { recursive: true });
});

test('a bundle is verified offline, every figure of it recomputed from its events', async () => {
  const { code, said } = await verify(bundle, '--key', key, '--checkpoint', checkpoint);
  expect([code, said]).toEqual([0, expect.stringContaining('Verified')]);
  expect(said).toContain('0 not yet sealed');
  const answer = JSON.parse((await verify(bundle, '--key', key, '--json')).said) as Record<string, unknown>;
  expect(answer).toMatchObject({ outcome: 'verified', notSealed: 0, findings: [] });
  expect(answer['figures']).toBeGreaterThan(20);
}, 60_000);

test('without a key it is consistent in itself, its origin is not proved, and the exit code says so', async () => {
  const { code, said } = await verify(bundle);
  expect([code, said]).toEqual([3, expect.stringContaining('Consistent in itself; origin not proved')]);
}, 60_000);

test('one changed byte is found, with the first bad index', async () => {
  const lines = readFileSync(bundle, 'utf8').split('\n');
  const title = lines.find((line) => line.startsWith('{"actor"') && line.includes('"title":"')) ?? '';
  const index = lines.filter((line) => line.startsWith('{"actor"')).indexOf(title);
  const other = changed(bundle, 'changed.ndjson', (text) =>
    text.replace(title, title.replace('"title":"', '"title":"X')),
  );
  const { code, said } = await verify(other, '--key', key);
  expect(code).toBe(1);
  expect(said).toContain('EVENT_ALTERED');
  expect(said).toContain(`First bad index: ${index} (position ${index + 1}).`);
}, 60_000);

test('a figure that does not follow from the events is named, with what they come to; so is a rule that there is not', async () => {
  const line =
    readFileSync(bundle, 'utf8')
      .split('\n')
      .find((one) => one.includes('"ask":"savings"') && one.includes('"parameters":{"year"')) ?? '';
  const figure = figureOf(Buffer.from(line));
  const wrong = changed(bundle, 'figure.ndjson', (text) =>
    text.replace(line, line.replace(`"value":"${figure?.value}"`, '"value":"1"')),
  );
  const differing = await verify(wrong, '--key', key);
  expect(differing.code).toBe(1);
  expect(differing.said).toContain('FIGURE_DIFFERS');
  expect(differing.said).toContain(`the events come to ${figure?.value} pence`);
  const unknown = changed(bundle, 'rule.ndjson', (text) =>
    text.replace(line, line.replace(`"rule":"${figure?.rule}"`, '"rule":"no-such/9"')),
  );
  const { code, said } = await verify(unknown, '--key', key);
  expect([code, said]).toEqual([1, expect.stringContaining('FIGURE_NOT_RECOMPUTED')]);
}, 60_000);

test('published figures are recomputed, and what is said of them is what the log published: none other, none left out', async () => {
  const lines = readFileSync(bundle, 'utf8').split('\n');
  const published = lines.filter(
    (line) => line.startsWith('{') && figureOf(Buffer.from(line))?.publication !== undefined,
  );
  expect(published.length).toBeGreaterThan(10);
  const [first = ''] = published;
  const other = changed(bundle, 'published.ndjson', (text) =>
    text.replace(first, first.replace(/"value":"\d+"/, '"value":"123"')),
  );
  const differing = await verify(other, '--key', key);
  expect([differing.code, differing.said]).toEqual([1, expect.stringContaining('PUBLICATION_DIFFERS')]);
  const left = changed(bundle, 'left-out.ndjson', (text) =>
    text
      .replace(`${first}\n`, '')
      .replace(/"figures":(\d+)/, (_, count: string) => `"figures":${Number(count) - 1}`),
  );
  const { code, said } = await verify(left, '--key', key);
  expect([code, said]).toEqual([1, expect.stringContaining('is not among the figures of the bundle')]);
}, 60_000);

test('somebody else’s key and another ledger’s file are refused in a sentence', async () => {
  const { origin } = JSON.parse(readFileSync(bundle, 'utf8').split('\n', 1)[0] ?? '') as { origin: string };
  writeFileSync(at('other.pub'), formatKey(signerOf(origin, newPrivateKey()).key));
  const { code, said } = await verify(bundle, '--key', at('other.pub'));
  expect([code, said]).toEqual([1, expect.stringContaining('WRONG_KEY')]);
  // Nothing is said of the events, which are as they were sealed.
  expect(said).toContain('NOT verified, the key does not fit');
  const noKey = await verify(bundle, '--key', checkpoint);
  expect([noKey.code, noKey.said]).toEqual([1, expect.stringContaining('This is no public key of a ledger')]);
  const noBundle = await verify(key);
  expect([noBundle.code, noBundle.said]).toEqual([1, expect.stringContaining('This is no bundle')]);
  expect((await verify('nothing.ndjson')).code).toBe(1);
}, 60_000);

test('what is recorded after the last seal is not yet sealed, and is said to be', async () => {
  const recorded = await fetch(new URL('/api/records', server.url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      records: [
        {
          type: 'SupportProvided',
          data: {
            offer: 'cyber-security',
            title: 'After the seal',
            occurred: { from: '2025-06-02', to: '2025-06-03', basis: 'stated' },
            bodies: [{ body: 'Watford', role: 'recipient' }],
          },
        },
      ],
    }),
  });
  expect(recorded.status).toBe(201);
  const later = await download('/api/bundle', 'later.ndjson');
  const { code, said } = await verify(later, '--key', key, '--checkpoint', checkpoint);
  expect([code, said]).toEqual([0, expect.stringContaining('1 not yet sealed')]);
  const short = changed(later, 'short.ndjson', (text) => text.split('\n').slice(0, -100).join('\n') + '\n');
  expect(await verify(short, '--key', key)).toMatchObject({
    code: 1,
    said: expect.stringContaining('LOG_CUT_SHORT') as string,
  });
}, 60_000);

test('one record is handed over with its own proof, and nothing of any other', async () => {
  const events = readFileSync(bundle, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{"actor"'))
    .map((line) => JSON.parse(line) as { stream: string; id: string });
  const claim = events.find(({ stream }) => stream.startsWith('claim-'))?.stream ?? '';
  const file = await download(`/api/bundle/${claim}`, 'claim.ndjson');
  const { code, said } = await verify(file, '--key', key, '--checkpoint', checkpoint);
  expect([code, said]).toEqual([0, expect.stringContaining(claim)]);
  const text = readFileSync(file, 'utf8');
  const revealed = events.filter(({ stream, id }) => stream !== claim && text.includes(id));
  expect(revealed).toEqual([]);
  expect(Buffer.byteLength(text)).toBeLessThan(8000);
  const other = changed(file, 'other-claim.ndjson', (whole) =>
    whole.replace('SavingsRecorded', 'SavingsReported'),
  );
  expect((await verify(other, '--key', key)).said).toContain('EVENT_ALTERED');
  expect((await verify(file)).code).toBe(3);
}, 60_000);

test.each([
  ['a folder in place of a bundle', () => ['.'], 'is a folder; name a file'],
  ['a bundle that is not there', () => ['nowhere.ndjson'], 'nowhere.ndjson: there is no such file'],
  ['a key in place of a checkpoint', () => [bundle, '--checkpoint', key], 'This is no signed checkpoint'],
  [
    'a checkpoint in place of a key',
    () => [bundle, '--key', checkpoint],
    'This is no public key of a ledger',
  ],
])('%s is refused with what to give, and nothing is said of events', async (_what, given, says) => {
  const { code, said } = await verify(...given());
  expect([code, said]).toEqual([1, expect.stringContaining(says)]);
  expect(said).not.toMatch(/sealed:|\n\s+at /);
});

test('the root is said as a checkpoint has it, so that it can be held against a printed one', async () => {
  const [, , root64 = ''] = readFileSync(checkpoint, 'utf8').split('\n');
  const { said } = await verify(bundle, '--key', key);
  expect(said).toContain(root64);
});
