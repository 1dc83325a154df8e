import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from '../demonstration/server-process';
import { blocksOf, runBlock, writeOutputs, type Ran } from './blocks';

/** What a page's walk-through is run on. */
export interface WalkThrough {
  readonly page: string;
  /** What the server is started with. */
  readonly flags: readonly string[];
  /** Milliseconds until the server is ready, and for one block. */
  readonly patience: { readonly start: number; readonly block: number };
  /** What is done before each block. */
  readonly before?: string;
  /** What is shown of what a block printed. */
  readonly shown?: (ran: Ran, refused: boolean, folder: string) => string;
  /** That as it is compared: without what differs from ledger to ledger and day to day. */
  readonly comparable: (shown: string, folder: string) => string;
}

/**
 * Tests that the walk-through of a page says what its commands print, word for word, on a server of its own. LEDGER_OUTPUTS=1
 * writes it anew, to be read before it is committed.
 */
export function testWalkThrough({
  page,
  flags,
  patience,
  before = '',
  shown: shownOf = ({ out }) => out,
  comparable,
}: WalkThrough): void {
  const anew = process.env['LEDGER_OUTPUTS'] !== undefined;
  const outputs: string[] = [];
  let folder: string;
  let server: ServerProcess;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'walk-through-'));
    server = ServerProcess.start(join(folder, 'data', 'try'), ...flags);
    await server.saying('is ready');
  }, patience.start);
  afterAll(async () => {
    await server.end('SIGTERM');
    rmSync(folder, { recursive: true });
    if (anew) writeOutputs(page, outputs);
  });

  test.each(blocksOf(page))(
    '$heading',
    async ({ script, refused, prints }) => {
      const ran = await runBlock(`${before}${script}`, folder);
      expect(ran).toMatchObject({ failed: refused });
      const shown = shownOf(ran, refused, folder);
      outputs.push(shown);
      expect(comparable(shown, folder)).toBe(comparable(anew ? shown : (prints ?? ''), folder));
    },
    patience.block,
  );
}
