import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from '../demonstration/server-process';
import { blocksOf, runBlock } from './blocks';

const blocks = blocksOf('how-to.md');

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

test('the page has blocks to run', () => expect(blocks.length).toBeGreaterThan(7));

test.each(blocks)(
  '$heading',
  async ({ script }) => {
    expect(await runBlock(script, folder)).toMatchObject({
      failed: false,
      printed: expect.any(String) as string,
    });
  },
  60_000,
);
