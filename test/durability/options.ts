import { wholeNumber } from '../endurance/whole-number';

/** How much is done, and from which seed: few rounds in the continuous run, many in the long one. */
export const options = {
  /** The first seed; the following rounds have the following numbers. */
  seed: wholeNumber('LEDGER_SEED', 1),
  kills: wholeNumber('LEDGER_KILLS', 10),
  walCuts: wholeNumber('LEDGER_WAL_CUTS', 40),
  powerCuts: wholeNumber('LEDGER_POWER_CUTS', 40),
  faults: wholeNumber('LEDGER_FAULTS', 60),
};
