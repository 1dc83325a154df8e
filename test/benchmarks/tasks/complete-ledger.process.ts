import { notaryOf } from '../../running/log-notary';
import type { Sample } from '../measuring/sample';
import { startWatch } from '../measuring/stopwatch';
import { serveTask } from '../measuring/task-process';
import { OpenedLedger } from './opened-ledger';

/*
 * Opens a ledger, which builds the read models that are missing, and seals its log: one that has grown to this size in
 * use is sealed, and is not while its requests are measured.
 */

serveTask(async ({ folder }: { readonly folder: string }): Promise<Sample> => {
  const end = startWatch();
  const ledger = await OpenedLedger.open(folder, 1);
  const notary = await notaryOf(ledger.log, folder);
  await notary.seal();
  await notary.close();
  await ledger.close();
  return { ...end(), values: {} };
});
