import { join } from 'node:path';
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
    return new ProjectorProcess('projector', main, [], settings);
  }

  get url(): string {
    return /Health is at (http:\S+?)\/health/.exec(this.printed)?.[1] ?? '';
  }
}
