export { defaultFolder } from './configuration';
export { openLedger, WrongLedgerError, type OpenLedger, type OpenOptions } from './open-ledger';
export { findServer } from './server-file';
export { startStandalone, type Standalone } from './server';
