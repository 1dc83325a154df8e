import type { Sample } from '../measuring/sample';
import { startWatch } from '../measuring/stopwatch';
import { serveTask } from '../measuring/task-process';
import { OpenedLedger } from './opened-ledger';

/* Opens a ledger, which builds the read models that are missing. */

serveTask(async ({ folder }: { readonly folder: string }): Promise<Sample> => {
  const end = startWatch();
  const ledger = await OpenedLedger.open(folder, 1);
  await ledger.close();
  return { ...end(), values: {} };
});
