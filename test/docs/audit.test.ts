import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from '../demonstration/server-process';
import { blocksOf, runBlock, writeOutputs } from './blocks';

/*
 * The walk-through of a claim, from draft to a file that an auditor verifies, says what its commands print, word for word.
 * LEDGER_OUTPUTS=1 writes it anew, to be read before it is committed.
 */

const page = 'audit.md';
const blocks = blocksOf(page);
const anew = process.env['LEDGER_OUTPUTS'] !== undefined;
const outputs: string[] = [];

let folder: string;
let server: ServerProcess;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'audit-'));
  server = ServerProcess.start(join(folder, 'data', 'try'));
  await server.saying('is ready');
}, 180_000);
afterAll(async () => {
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true });
  if (anew) writeOutputs(page, outputs);
});

/** What differs from ledger to ledger and day to day: ids, keys, hashes, moments and where the log stands. */
function comparable(printed: string): string {
  return printed
    .replaceAll(folder, '.')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'MOMENT')
    .replaceAll(/(?<![\w+/])[A-Za-z0-9+/]{43}=|\b[0-9a-f]{64}\b/g, 'HASH')
    .replaceAll(/^(— \S+) \S+$/gm, '$1 SIGNATURE')
    .replaceAll(/\b(position|index:|checkpoint) \d+/gi, '$1 N')
    .replaceAll(/^\d+$/gm, 'N')
    .replaceAll(/\b\d+ (events|figures)/g, 'N $1')
    .replaceAll(/^ *\d{3,}  /gm, 'N  ')
    .replaceAll(/[─-]{2,}/g, '--')
    .replaceAll(/ {2,}/g, '  ')
    .replaceAll(/ +$/gm, '');
}

/** A reader stays in one terminal: what a block names, later ones know. */
const inOneTerminal = `
if [ -e .named ]; then . ./.named; fi
trap 'declare -p | grep -E "^declare -- (CLAIM|OTHER)=" > .named || true' EXIT
`;

test.each(blocks)(
  '$heading',
  async ({ script, refused, prints }) => {
    const ran = await runBlock(`${inOneTerminal}${script}`, folder);
    expect(ran).toMatchObject({ failed: refused });
    // What is refused is said beside the answers, not among them.
    const shown = (refused ? ran.printed : ran.out).replaceAll(`${folder}/`, '').replace(/^\n+/, '');
    outputs.push(shown);
    expect(comparable(shown).trim()).toBe(comparable(anew ? shown : (prints ?? '')).trim());
  },
  120_000,
);
