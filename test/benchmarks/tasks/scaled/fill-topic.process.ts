import { FollowedSqliteLog } from '@ledger/event-log';
import { KafkaBroker } from '@ledger/fan-out';
import { Publisher } from '@ledger/publisher';
import type { BenchEngines } from '../../lines/context';
import type { Sample } from '../../measuring/sample';
import { startWatch } from '../../measuring/stopwatch';
import { serveTask } from '../../measuring/task-process';

/* Publishes a log to a topic, for those who are measured reading it. */

export interface FillTopicTask {
  readonly logFile: string;
  readonly topic: string;
  readonly partitions: number;
  readonly broker: BenchEngines['broker'];
}

serveTask(async ({ logFile, topic, partitions, broker: { address } }: FillTopicTask): Promise<Sample> => {
  const end = startWatch();
  const log = FollowedSqliteLog.open(logFile);
  const broker = await KafkaBroker.open({ brokers: [address], client: 'bench' });
  const publisher = new Publisher({ log, broker, setUp: { topic, partitions } });
  const running = publisher.run();
  await Promise.race([publisher.caughtUp(), running]);
  publisher.stop();
  await running;
  await broker.close();
  await log.close();
  return { ...end(), values: {} };
});
