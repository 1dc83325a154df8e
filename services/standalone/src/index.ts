export {
  checkOpenness,
  providerOf,
  readConfiguration,
  type Configuration,
  type ProviderSettings,
} from './configuration';
export { checkDemonstration, openDemonstration } from './demonstration/open-demonstration';
export type { Kept } from './kept';
export { accountsIn, type KeptStores } from './kept-stores';
export { openLive } from './live/open-live';
export { readElsewhere } from './live/first-stores';
export { initLedger, type FirstUser } from './live/init-ledger';
export { openingOf, WrongLedgerError } from './opening';
export type { Readiness } from './readiness';
export { recordingService } from './recording-service';
export { allRoutes, servedCommands, servedQuestions, type Served } from './routes';
export { serveLedger, type LedgerServer, type ServableLedger, type ServedAt } from './serve-ledger';
export { openServed, today, type RecordingLedger, type ServedModels } from './served-ledger';
export { startStandalone, type Standalone } from './server';
export { FolderNotEmptyError } from './whole-folder';
export { backupLedger } from './backup/backup-ledger';
export { DamagedBackupError, type Manifest } from './backup/manifest';
export { erasuresIn, restoreLedger, type Restored } from './backup/restore-ledger';
export { copyLedgerLog, SealsBrokenError, type CopiedLog } from './copying/copy-ledger-log';
export { parseLogAddress } from './copying/log-address';
export { copyLedgerVault, parseVaultAddress } from './copying/copy-ledger-vault';
