export { defaultFolder, isLive, readConfiguration, type Configuration } from './configuration';
export { FolderNotEmptyError, initLedger, type FirstUser } from './live/init-ledger';
export { WrongLedgerError } from './opening';
export { allRoutes } from './routes';
export { startStandalone, type Standalone } from './server';
export { findServer, type RunningServer } from './server-file';
export { backupLedger } from './backup/backup-ledger';
export { DamagedBackupError, type Manifest } from './backup/manifest';
export { erasuresIn, restoreLedger, type Restored } from './backup/restore-ledger';
