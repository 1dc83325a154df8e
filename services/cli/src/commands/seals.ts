import type { Command } from 'commander';
import { memberOf, rowsOf, table, text, textsOf } from '../output';
import { command, withLedger, type CommonOptions } from './context';
import { sealsInWords } from './upkeep';

function standingInWords(answer: unknown): string {
  return [
    table(
      ['checkpoint', 'made', 'events', 'because'],
      rowsOf(answer, 'newest').map((one) => [one['number'], one['time'], one['size'], one['reason']]),
    ),
    '',
    sealsInWords(answer),
    `Public key: ${text(memberOf(answer, 'key'))}`,
    `Copied to: ${text(memberOf(answer, 'copiedTo') ?? 'nowhere outside the ledger')}`,
    ...textsOf(answer, 'problems'),
  ].join('\n');
}

/** Commands about seals. */
export function sealCommands(): readonly Command[] {
  return [
    command('seal', 'Sign a checkpoint over everything recorded until now').action(
      async (options: CommonOptions) =>
        withLedger(
          options,
          (ledger) => ledger.post('/api/seals', {}),
          (answer) => text(memberOf(answer, 'note')),
        ),
    ),
    command('seals', 'The newest checkpoints, the public key, and what is not sealed yet').action(
      async (options: CommonOptions) =>
        withLedger(options, (ledger) => ledger.get('/api/seals'), standingInWords),
    ),
    command('change-seal-key', 'Make a new key to seal with; the former one vouches for it').action(
      async (options: CommonOptions) =>
        withLedger(options, (ledger) => ledger.post('/api/seal-keys', {}), standingInWords),
    ),
  ];
}
