import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyLog, type Copied, type CopyStep, type EventLog } from '@ledger/event-log';
import { isLive } from '@ledger/ledger-folder';
import { checkSeals, KeptSeals, type SealCheck } from '@ledger/notary';
import { readLedgerFile } from '../live/ledger-file';
import { openingOf, WrongLedgerError } from '../opening';
import { openSource, openTarget, type LogAddress } from './log-address';

/** By how much clocks may differ where several processes wrote the log, which on KurrentDB they may. */
const toleranceMs = 60_000;

/** Seals that a log does not agree with. */
export class SealsBrokenError extends Error {
  readonly code = 'SEALS_BROKEN';
  constructor(which: 'source' | 'copy', findings: readonly string[]) {
    super(
      which === 'source'
        ? `The log does not agree with its seals, so nothing was copied: ${findings.join(' ')}`
        : `The copy does not agree with the seals of what was copied; do not use it: ${findings.join(' ')}`,
    );
    this.name = 'SealsBrokenError';
  }
}

export interface CopiedLog extends Copied {
  /** What the seals came to after the copy; null where no seals were found to hold it against. */
  readonly seals: SealCheck | null;
}

interface CopyOptions {
  readonly from: LogAddress;
  readonly to: LogAddress;
  /** The folder of the ledger whose seals are checked; by default that of the log in a file, where it holds any. */
  readonly sealsIn?: string | undefined;
  readonly onStep?: ((step: CopyStep) => void) | undefined;
}

/** The folder with the seals: the one that was named, or the ledger's that the log in a file lies in. */
function folderOf({ from, to, sealsIn }: CopyOptions): string | undefined {
  if (sealsIn !== undefined) return sealsIn;
  const sides = [from, to].flatMap((side) => (side.engine === 'sqlite' ? [dirname(side.file)] : []));
  return sides.find((folder) => existsSync(join(folder, 'seals.db')));
}

async function keptSeals(
  options: CopyOptions,
  source: Pick<EventLog, 'readPage'>,
): Promise<KeptSeals | undefined> {
  const opened = await openingOf(source);
  if (opened === undefined) throw new WrongLedgerError('The log is empty; there is nothing to copy.');
  const folder = folderOf(options);
  if (folder === undefined) return undefined;
  const copyTo = isLive(folder) ? readLedgerFile(folder).seals.copyTo : undefined;
  const seals = KeptSeals.open(folder, opened.ledger, copyTo);
  if (seals === undefined && options.sealsIn !== undefined)
    throw new WrongLedgerError(`${folder} holds no seals; name the folder of the ledger.`);
  return seals;
}

/**
 * Copies the log of a ledger from one engine to another, or goes on with a copy that broke off: ids, times, order,
 * positions and bytes stay. Its seals are held against it before, and against the copy afterwards. Only the log is
 * copied: vault, seals and accounts stay in the ledger's folder.
 * @throws EventLogError LOG_DIFFERS where the target holds something else, and as opening the logs does
 * @throws SealsBrokenError, WrongLedgerError
 */
export async function copyLedgerLog(options: CopyOptions): Promise<CopiedLog> {
  const { from, to, onStep } = options;
  const tolerance = from.engine === 'kurrentdb' ? toleranceMs : 0;
  const source = await openSource(from);
  try {
    const seals = await keptSeals(options, source);
    try {
      if (seals !== undefined) await mustAgree('source', source, seals, tolerance);
      const target = await openTarget(to);
      try {
        const copied = await copyLog(source, target, onStep);
        const check = seals === undefined ? null : await mustAgree('copy', target, seals, tolerance);
        return { ...copied, seals: check };
      } finally {
        await target.close();
      }
    } finally {
      seals?.close();
    }
  } finally {
    await source.close();
  }
}

/** @throws SealsBrokenError */
async function mustAgree(
  which: 'source' | 'copy',
  log: Pick<EventLog, 'readPage'>,
  seals: KeptSeals,
  tolerance: number,
): Promise<SealCheck> {
  const check = await checkSeals(log, seals, tolerance);
  if (check.findings.length > 0) throw new SealsBrokenError(which, check.findings);
  return check;
}
