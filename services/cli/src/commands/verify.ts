import { basename } from 'node:path';
import { verifyFile, type VerdictWithFigures } from '@ledger/notary';
import { InvalidNoteError, nodeCrypto, parseCheckpoint, parseKey, parseNote } from '@ledger/seal';
import { Command } from 'commander';
import { exitCodes } from '../exit-codes';
import { print } from '../output';
import { showingProgress } from '../progress';
import { givenFile, readGiven } from '../read-given';
import { UnreadableFileError } from '../read-items';
import { repeated } from '../repeated';

interface VerifyOptions {
  readonly key: readonly string[];
  readonly checkpoint: readonly string[];
  readonly json?: boolean;
}

const codes = {
  verified: exitCodes.done,
  consistent: exitCodes.unproved,
  failed: exitCodes.refused,
} as const;

function whatWasSeen(verdict: VerdictWithFigures): string {
  const { kind, events, sealed, notSealed, sealedAt, root, figures, stream } = verdict;
  if (kind === 'record')
    return `${events} ${events === 1 ? 'event' : 'events'} of ${stream ?? ''}, each under the checkpoint that it carries, of ${sealedAt ?? 'no time'}. There may be later events of it in the ledger.`;
  return [
    `${sealed} events are sealed, by ${sealedAt ?? 'nothing'}; ${notSealed} not yet sealed.`,
    `Root over all ${events} events: ${root ?? ''}`,
    `  as a checkpoint has it: ${Buffer.from(root ?? '', 'hex').toString('base64')}`,
    `${figures} figures were recomputed by their rules.`,
  ].join('\n');
}

/** What failed: the events, or only the key that they were held against. */
function headline({ findings, origin }: VerdictWithFigures): string {
  return findings.every(({ code }) => code === 'WRONG_KEY')
    ? `NOT verified, the key does not fit: ${origin}`
    : `NOT as it was sealed: ${origin}`;
}

function inWords(verdict: VerdictWithFigures, keys: number): string {
  const { outcome, origin, findings, moreFindings, firstBadIndex } = verdict;
  if (outcome === 'failed')
    return [
      headline(verdict),
      ...findings.map(({ code, message }) => `  ${code}: ${message}`),
      ...(moreFindings > 0 ? [`  … and ${moreFindings} more`] : []),
      ...(firstBadIndex === null
        ? []
        : [`First bad index: ${firstBadIndex} (position ${firstBadIndex + 1}).`]),
    ].join('\n');
  if (outcome === 'verified') return `Verified: ${origin}\n${whatWasSeen(verdict)}`;
  const why =
    keys === 0
      ? 'no key was given. Give the public key of the ledger with --key'
      : 'nothing in it is sealed yet';
  return `Consistent in itself; origin not proved: ${why}.\n${whatWasSeen(verdict)}`;
}

/** A checkpoint that was kept elsewhere. @throws UnreadableFileError where the file is none; nothing is verified then */
function heldIn(file: string): { readonly called: string; readonly note: Uint8Array } {
  const note = readGiven(file);
  try {
    parseCheckpoint(parseNote(note).text);
  } catch (error) {
    if (!(error instanceof InvalidNoteError)) throw error;
    throw new UnreadableFileError(
      `${file}: ${error.message} Give the text that “ledger seal” printed, or one that was downloaded from the page Seals.`,
    );
  }
  return { called: `The checkpoint ${basename(file)}`, note };
}

async function verify(bundle: string, options: VerifyOptions): Promise<void> {
  const keys = options.key.map((file) => parseKey(nodeCrypto, readGiven(file)));
  const held = options.checkpoint.map(heldIn);
  let done = 0;
  let total = 0;
  const verdict = await showingProgress(
    () => Promise.resolve({ done, total, doing: 'verifying' }),
    200,
    () =>
      verifyFile(givenFile(bundle), {
        keys,
        held,
        onProgress: (events, of) => {
          done = events;
          total = of;
        },
      }),
  );
  print(verdict, { json: options.json === true }, () => inWords(verdict, keys.length));
  process.exitCode = codes[verdict.outcome];
}

/** Verifying what was handed over: it needs no ledger and no server. */
export function verifyCommands(): readonly Command[] {
  return [
    new Command('verify')
      .description(
        'Verify a bundle offline: unaltered, sealed by whom, figures as they follow from the events',
      )
      .argument('<bundle>', 'the file of a bundle, of a whole ledger or of one record')
      .option('--key <file>', 'the public key of the ledger, seal.pub; may be repeated', repeated, [])
      .option('--checkpoint <file>', 'a checkpoint that was kept elsewhere; may be repeated', repeated, [])
      .option('--json', 'print one JSON document')
      .addHelpText(
        'after',
        '\nExit codes: 0 verified, 1 not as it was sealed (the first bad index is said), 3 consistent in itself but its origin is not proved.',
      )
      .action(verify),
  ];
}
