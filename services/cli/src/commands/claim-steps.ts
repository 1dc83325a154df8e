import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { fileToWrite } from '../file-to-write';
import { memberOf, text } from '../output';
import { readGiven } from '../read-given';
import { readObject } from '../read-items';
import { claimPath } from './claim-path';
import { claimStepArgument } from './claim-step-argument';
import { command, withLedger } from './context';
import { proposable, sendOrPropose, type ProposingOptions } from './proposing';
import { fieldsOf, setting } from './setting';
import { done, readText, writing } from './writing';

interface StepOptions extends ProposingOptions {
  readonly title?: string;
  readonly sort?: string;
  readonly dated?: string;
  readonly to?: string;
  readonly set?: readonly string[];
}

/** Taking steps with one claim, and its evidence. */
export function claimStepCommands(): readonly Command[] {
  return [
    setting(
      proposable(writing('claim-step', 'Take a step with a claim, such as submit, agree-baseline or verify')),
      'a field of what the step says, such as as=distinct, beside the file or instead of it',
    )
      .argument('<id>', 'the id of the claim')
      .addArgument(claimStepArgument())
      .argument('[file]', 'JSON with what the step says; - for standard input; left out, nothing')
      .option('--note <text>', 'kept in the vault, not in the log')
      .option('--reason <code>', 'of a proposal: why it comes now; late-information unless said')
      .option('--if-match <revision>', 'only if the claim is still at this revision')
      .action(async (id: string, step: string, file: string | undefined, options: StepOptions) =>
        withLedger(
          options,
          (ledger) => {
            const request = file === undefined ? {} : readObject(readText(file), file);
            return sendOrPropose(
              ledger,
              `${claimPath(id)}/${encodeURIComponent(step)}`,
              {
                ...request,
                ...fieldsOf(options.set ?? []),
                ...(options.note !== undefined && { note: options.note }),
              },
              { do: 'claim-step', claim: id, step },
              { ...options, reason: options.reason ?? 'late-information' },
            );
          },
          done,
        ),
      ),
    command('attach-evidence', 'Attach a file to a claim; it is kept encrypted')
      .argument('<id>', 'the id of the claim')
      .argument('<file>', 'PDF, PNG, JPEG, XLSX, DOCX, ODS, ODT, CSV or TXT, at most 20 MB')
      .requiredOption('--title <text>', 'what it is; name no person')
      .requiredOption(
        '--sort <sort>',
        'accounts, budget, invoice, contract, "statement of the council", calculation, correspondence or other',
      )
      .option('--dated <day>', 'the day it bears, such as 2020-04-30')
      .option('--key <key>', 'names this command for ever: the same again adds nothing')
      .action(async (id: string, file: string, options: StepOptions) =>
        withLedger(
          options,
          (ledger) =>
            ledger.postFile(
              `${claimPath(id)}/evidence`,
              { title: options.title, sort: options.sort, dated: options.dated, name: basename(file) },
              new Uint8Array(readGiven(file)),
              options,
            ),
          done,
        ),
      ),
    command('evidence', 'Open a file of a claim; that it was opened is in the audit file')
      .argument('<claim>')
      .argument('<evidence>', 'the id of the evidence, as `ledger claim` shows it')
      .requiredOption('--to <file>', 'where to write it')
      .action(async (id: string, evidence: string, options: StepOptions) =>
        withLedger(
          options,
          async (ledger) => {
            // Before it is opened, since that it was opened is in the audit file for ever.
            const to = fileToWrite(options.to ?? '', { replacing: false });
            const bytes = await ledger.bytes(`${claimPath(id)}/evidence/${encodeURIComponent(evidence)}`);
            writeFileSync(to, bytes, { flag: 'wx' });
            return { written: options.to, bytes: bytes.length };
          },
          (answer) =>
            `Written: ${text(memberOf(answer, 'written'))} (${text(memberOf(answer, 'bytes'))} bytes).`,
        ),
      ),
  ];
}
