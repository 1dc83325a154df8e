import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const project = join(__dirname, '..', '..');

/** A block of a page that is meant to be run, under its heading, with what the page says that it prints. */
export interface Block {
  readonly heading: string;
  readonly script: string;
  /** Whether the page says that its last command is refused: the block is one of `sh refused`. */
  readonly refused: boolean;
  /** The block of text that follows at once; undefined where the page shows nothing. */
  readonly prints: string | undefined;
}

/** The blocks of a page of docs/ that are meant to be run, in order. */
export function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(join(project, 'docs', page), 'utf8');
  return text.split(/^## /m).flatMap((section) => {
    const [heading = ''] = section.split('\n', 1);
    const found = section.matchAll(/^```sh( refused)?\n([\s\S]*?)^```\n(?:\n```text\n([\s\S]*?)^```\n)?/gm);
    return [...found].map(([, refused, script = '', prints]) => ({
      heading,
      script,
      refused: refused !== undefined,
      prints,
    }));
  });
}

/** Writes what its blocks printed into a page, in order. */
export function writeOutputs(page: string, outputs: readonly string[]): void {
  const file = join(project, 'docs', page);
  let at = 0;
  const written = readFileSync(file, 'utf8').replaceAll(
    /(^```sh(?: refused)?\n[\s\S]*?^```\n)\n```text\n[\s\S]*?^```\n/gm,
    (_, script: string) => {
      const shown = (outputs[at++] ?? '').replaceAll(/ +$/gm, '').trimEnd();
      return `${script}\n\`\`\`text\n${shown}\n\`\`\`\n`;
    },
  );
  writeFileSync(file, written);
}

/** What running a block came to: whether it failed, its answers, and all that it printed. */
export interface Ran {
  readonly failed: boolean;
  readonly out: string;
  readonly printed: string;
}

/** Runs a block in a folder as bash does, without anybody's settings, with the built commands where a person has npm. */
export async function runBlock(script: string, folder: string): Promise<Ran> {
  const ledger = `node ${join(project, 'services', 'cli', 'bin', 'ledger.js')}`;
  const tracker = `node ${join(project, 'test', 'dist', 'imports', 'messy', 'write-tracker.js')}`;
  const asBuilt = script
    .replaceAll(/npm run (--silent )?ledger --/g, ledger)
    .replaceAll('npm run example:tracker', tracker);
  const environment = { ...process.env, LEDGER_DATA: 'data/try', LEDGER_PROJECT: project, INIT_CWD: folder };
  return new Promise((resolve) => {
    execFile(
      'bash',
      ['--norc', '-euo', 'pipefail', '-c', asBuilt],
      { cwd: folder, env: environment, maxBuffer: 1e8 },
      (error, out, err) => resolve({ failed: error !== null, out, printed: `${out}\n${err}` }),
    );
  });
}
