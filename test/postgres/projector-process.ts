import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { PrintingProcess } from '../running/printing-process';

const main = join(__dirname, '..', '..', 'services', 'projector', 'dist', 'main.js');

/** The built projector in a process of its own, as `npm run projector` runs it. */
export class ProjectorProcess extends PrintingProcess {
  static start(
    log: string,
    readModels: string,
    more: Readonly<Record<string, string>> = {},
  ): ProjectorProcess {
    const settings = { LEDGER_LOG: log, LEDGER_READ_MODELS: readModels, ...more };
    return new ProjectorProcess('projector', [main], settings);
  }

  /** One from a topic; with a log it finds there what the topic lacks. */
  static fromTopic(
    settings: {
      readonly brokers: string;
      readonly topic: string;
      readonly readModels: string;
      readonly log?: string;
    },
    args: readonly string[] = [],
  ): ProjectorProcess {
    const { brokers, topic, readModels, log } = settings;
    return new ProjectorProcess('projector', [main, ...args], {
      LEDGER_KAFKA: brokers,
      LEDGER_KAFKA_TOPIC: topic,
      LEDGER_READ_MODELS: readModels,
      ...(log !== undefined && { LEDGER_LOG: log }),
    });
  }

  /** How it stands, as it says to whoever asks whether it is ready. */
  async standing(): Promise<Readonly<Record<string, unknown>>> {
    await this.saying('Health is at');
    const response = await fetch(`${this.url}/health/ready`);
    // Every answer about health is a JSON object.
    return (await response.json()) as Readonly<Record<string, unknown>>;
  }

  /**
   * Resolves when its metrics have this line: it looks from time to time how far it has come, so they may
   * come after the answers.
   */
  async measuring(line: string): Promise<void> {
    for (;;) {
      const measured = await (await fetch(`${this.url}/metrics`)).text();
      if (measured.split('\n').includes(line)) return;
      await after(50);
    }
  }

  get url(): string {
    return /Health is at (http:\S+?)\/health/.exec(this.printed)?.[1] ?? '';
  }
}
