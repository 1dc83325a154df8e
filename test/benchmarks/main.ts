import { runBench } from './command';
import { everything } from './lines/all';

/* `npm run bench`: the ledger on one machine, beside its limits and Emmett on SQLite. */

runBench({ called: 'npm run bench', measurements: everything, emmett: 'run.mjs' });
