import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Id } from '@ledger/events';
import { ledgerFile } from '@ledger/ledger-folder';
import { usualRetention } from '@ledger/people';
import { z } from 'zod';

const Years = z.number().int().min(0).max(100);
const LedgerSettings = z.strictObject({
  ledger: Id,
  purpose: z.literal('live'),
  /** Years for which names, addresses and notes are kept; a data protection officer confirms them. */
  retention: z.strictObject({ name: Years, email: Years, note: Years }).default(usualRetention),
  /** Where checkpoints are copied, a folder outside this one, and how many minutes something may wait for its seal. */
  seals: z
    .strictObject({
      copyTo: z.string().min(1).optional(),
      everyMinutes: z.number().int().min(1).max(1440).optional(),
    })
    .default({}),
});
export type LedgerSettings = z.infer<typeof LedgerSettings>;

/** A settings file that cannot be used. */
export class LedgerSettingsError extends Error {
  readonly code = 'LEDGER_SETTINGS';
}

/** @throws LedgerSettingsError naming the setting */
export function readLedgerFile(folder: string): LedgerSettings {
  const file = join(folder, ledgerFile);
  let text: unknown;
  try {
    text = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new LedgerSettingsError(
      `${file} cannot be read as JSON: ${error instanceof Error ? error.message : ''}`,
    );
  }
  const parsed = LedgerSettings.safeParse(text);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new LedgerSettingsError(`${file}: ${issue?.path.join('.')} ${issue?.message}.`);
}

export function writeLedgerFile(folder: string, settings: LedgerSettings): void {
  writeFileSync(join(folder, ledgerFile), `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
}
