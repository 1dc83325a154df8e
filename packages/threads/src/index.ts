export { pastInThread, type PastOptions } from './past/past-in-thread';
export { rebuildInThreads, type ThreadsOptions } from './rebuilding/rebuild-in-threads';
