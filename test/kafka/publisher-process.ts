import { join } from 'node:path';
import { PrintingProcess } from '../running/printing-process';

const main = join(__dirname, '..', '..', 'services', 'publisher', 'dist', 'main.js');

/** The built publisher in a process of its own, as `npm run publisher` runs it. */
export class PublisherProcess extends PrintingProcess {
  /** @param more further settings */
  static start(
    log: string,
    brokers: string,
    topic: string,
    partitions = 6,
    more: Readonly<Record<string, string>> = {},
  ): PublisherProcess {
    return new PublisherProcess('publisher', [main], {
      LEDGER_LOG: log,
      LEDGER_KAFKA: brokers,
      LEDGER_KAFKA_TOPIC: topic,
      LEDGER_KAFKA_PARTITIONS: String(partitions),
      ...more,
    });
  }

  get url(): string {
    return /Health is at (http:\S+?)\/health/.exec(this.printed)?.[1] ?? '';
  }
}
