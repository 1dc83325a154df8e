import { listeningPlain, runProgram, type Environment } from '@ledger/operations';
import type { LedgerServer } from '@ledger/standalone';

/** Runs a service in this process. @param name what it is called, as `npm run NAME` calls it */
export function runService(
  name: string,
  {
    start,
    another,
  }: {
    readonly start: (environment: Environment) => Promise<LedgerServer>;
    /** A port that may be free. */
    readonly another: number;
  },
): void {
  runProgram(
    async (say) => {
      const server = await start(process.env);
      say(`Listening on ${server.url}; getting ready …`);
      return {
        running: server.ready.then(() => say(`The ${name} is ready.`)),
        stop: async () => server.stop(),
      };
    },
    { title: `The ${name} ends`, plain: listeningPlain(`${another} npm run ${name}`) },
  );
}
