import { dirname, join } from 'node:path';
import { PrintingProcess } from '../../../running/printing-process';
import { useOfProcess } from '../../measuring/machine';

const publisher = join(dirname(require.resolve('@ledger/publisher')), 'main.js');
const projector = join(dirname(require.resolve('@ledger/projector')), 'main.js');

/** What Node is given, as it is in docker-compose.yml. */
const words = {
  publisher: [publisher],
  projector: ['--max-semi-space-size=32', projector],
};

/** A service of the ledger scaled out in a process of its own, as it is built. */
export class BenchService extends PrintingProcess {
  /** @param once what it prints when it has caught up */
  static async start(
    called: keyof typeof words,
    settings: Readonly<Record<string, string>>,
    once: string,
  ): Promise<BenchService> {
    const service = new BenchService(called, words[called], settings);
    process.once('exit', () => service.child.kill());
    await service.saying(once);
    return service;
  }

  /** Processor seconds that it has used so far. */
  get seconds(): number {
    return useOfProcess(this.child.pid ?? 0)?.cpuSeconds ?? 0;
  }
}
