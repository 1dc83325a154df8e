import { DecisionRefused } from '@ledger/domain';
import { isLogError } from '@ledger/event-log';
import { unfinishedImports } from '../imports/known-imports';
import { refused } from './faults';
import { isUnderWay } from './imports-under-way';
import type { Recording } from './recording';
import { takeBackUnfinished, type TakingBack } from './take-back';

/**
 * Takes back what imports that broke off came to: as a ledger is opened, and before another import is recorded. They
 * are taken back and not finished, because the file that the rest would be read from is held by nobody: whoever sent it
 * had no answer, and sends it again.
 */
async function takeBackBrokenOff(
  recording: Recording,
  by: Pick<TakingBack, 'actor' | 'programmes'>,
): Promise<void> {
  const { log, imports } = recording.parts;
  for (const id of unfinishedImports(await imports()))
    if (!isUnderWay(log, id)) await takeBackUnfinished(recording, id, by);
}

/**
 * The same as a ledger is opened. What cannot be taken back now, because the disk is full or a year was closed over it,
 * stands in the list of imports as incomplete, and so does every figure say: the ledger opens all the same.
 */
export async function takeBackAtStart(
  recording: Recording,
  by: Pick<TakingBack, 'actor' | 'programmes'>,
): Promise<void> {
  try {
    await takeBackBrokenOff(recording, by);
  } catch (error) {
    if (!(error instanceof DecisionRefused) && !isLogError(error)) throw error;
  }
}

/**
 * What is compared with half an import could be compared with what is taken back a moment later, so an import waits
 * for the one before it.
 * @throws DecisionRefused while another import is under way
 */
export async function settleUnfinished(recording: Recording, actor: string): Promise<void> {
  const { log, imports } = recording.parts;
  const running = unfinishedImports(await imports()).find((id) => isUnderWay(log, id));
  if (running !== undefined)
    throw refused(
      'import-under-way',
      'file',
      `the import ${running} is being recorded or taken back; send the file when it has come to its end`,
    );
  // Whoever sends the next file takes it back, of whatever programme it is: no half of it may stand.
  await takeBackBrokenOff(recording, { actor, programmes: 'all' });
}
