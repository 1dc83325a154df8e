export { FoldingThread } from './partitions/folding-thread';
export { pastInThread, type PastOptions } from './past/past-in-thread';
export { rebuildInThreads, type ThreadsOptions } from './rebuilding/rebuild-in-threads';
export { rebuildWithHelper, type HelpedOptions } from './rebuilding/rebuild-with-helper';
