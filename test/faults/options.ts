import { wholeNumber } from '../endurance/whole-number';

/** How much is done, and from which seed: each process killed once in the continuous run, often in the long one. */
export const options = {
  /** The first seed; the following rounds have the following numbers. */
  seed: wholeNumber('LEDGER_SEED', 1),
  /** How often each process is killed. */
  kills: wholeNumber('LEDGER_PROCESS_KILLS', 1),
};
