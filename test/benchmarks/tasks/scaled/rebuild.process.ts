import { FollowedSqliteLog } from '@ledger/event-log';
import { ReadModels } from '@ledger/projections';
import { PostgresShelf } from '@ledger/read-store';
import { rebuildWithHelper } from '@ledger/threads';
import type { BenchEngines } from '../../lines/context';
import type { Sample } from '../../measuring/sample';
import { serveTask } from '../../measuring/task-process';
import { watched } from '../../measuring/watched';
import { bytesOf, withDatabase } from './bench-database';

/* Builds all read models of a log in PostgreSQL, as a projector does that finds none. */

export interface RebuildPostgresTask {
  readonly logFile: string;
  readonly events: number;
  readonly server: BenchEngines['server'];
}

serveTask(async ({ logFile, events, server }: RebuildPostgresTask): Promise<Sample> =>
  withDatabase(server, async (address) => {
    const empty = await bytesOf(address);
    const log = FollowedSqliteLog.open(logFile);
    const shelf = await PostgresShelf.open(address);
    let models: ReadModels | undefined;
    const { values, ...used } = await watched(server, events, async () => {
      models = await ReadModels.open({ shelf, log, figures: [], rebuilder: rebuildWithHelper({ logFile }) });
    });
    if (models === undefined || Number(models.applied) !== events)
      throw new RangeError(`Only ${models?.applied} of ${events} events were applied`);
    await models.close();
    await shelf.close();
    await log.close();
    return { ...used, values: { ...values, bytesPerEvent: ((await bytesOf(address)) - empty) / events } };
  }),
);
