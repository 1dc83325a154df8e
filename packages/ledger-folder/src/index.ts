export { defaultFolder, isLive, ledgerFile } from './folder';
export { findServer, removeServerFile, writeServerFile, type RunningServer } from './server-file';
