import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from '../demonstration/server-process';

const project = join(__dirname, '..', '..');
const page = readFileSync(join(project, 'docs', 'how-to.md'), 'utf8');
/** The blocks of the page that are meant to be run, under their headings. */
const blocks = page.split(/^## /m).flatMap((section) => {
  const [heading = ''] = section.split('\n', 1);
  return [...section.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block = '']) => [heading, block] as const);
});

let folder: string;
let server: ServerProcess;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'how-to-'));
  server = ServerProcess.start(join(folder, 'data', 'try'), '--empty');
  await server.saying('is ready');
}, 60_000);
afterAll(async () => {
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true });
});

/** Runs a block as bash does, with the built command where a person has npm. */
async function run(block: string): Promise<{ readonly failed: boolean; readonly printed: string }> {
  const ledger = `node ${join(project, 'services', 'cli', 'bin', 'ledger.js')}`;
  const script = block.replaceAll(/npm run (--silent )?ledger --/g, ledger);
  const environment = { ...process.env, LEDGER_DATA: 'data/try', LEDGER_PROJECT: project, INIT_CWD: folder };
  return new Promise((resolve) => {
    execFile(
      'bash',
      ['-euo', 'pipefail', '-c', script],
      { cwd: folder, env: environment, maxBuffer: 1e8 },
      (error, out, err) => {
        resolve({ failed: error !== null, printed: `${out}\n${err}` });
      },
    );
  });
}

test('the page has blocks to run', () => expect(blocks.length).toBeGreaterThan(7));

test.each(blocks)(
  '%s',
  async (_heading, block) => {
    expect(await run(block)).toMatchObject({ failed: false, printed: expect.any(String) as string });
  },
  60_000,
);
