import { wholeNumber } from '../whole-number';

/** How long the load lasts and how far the ledger grows; less of both to try the soak itself. */
export const soakOptions = {
  minutes: wholeNumber('LEDGER_SOAK_MINUTES', 30),
  /** Events in the end. */
  events: wholeNumber('LEDGER_SOAK_EVENTS', 5_000_000),
  /** What the load does each second, whatever the machine could do: so that both loads are the same. */
  operationsPerSecond: wholeNumber('LEDGER_SOAK_RATE', 25),
};

/** Events in the beginning, and of each data set that is added. */
export const dataSetEvents = 100_000;
/** How often it is looked at while it grows. */
export const eventsBetweenLooks = 1_000_000;
