import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PrintingProcess } from '../running/printing-process';

const main = join(__dirname, '..', '..', 'services', 'standalone', 'dist', 'main.js');

/** The built server in a process of its own, as `npm start` runs it. */
export class ServerProcess extends PrintingProcess {
  static start(folder: string, ...args: readonly string[]): ServerProcess {
    return ServerProcess.startWith(folder, {}, ...args);
  }

  static startWith(
    folder: string,
    settings: Readonly<Record<string, string>>,
    ...args: readonly string[]
  ): ServerProcess {
    if (!existsSync(main)) throw new Error('The server is not built; run `npm run build` first.');
    return new ServerProcess('server', [main, ...args], { ...settings, LEDGER_DATA: folder });
  }

  get url(): string {
    return /Listening on (http:\S+?);/.exec(this.printed)?.[1] ?? '';
  }
}
