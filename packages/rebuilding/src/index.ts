export { rebuildInThreads, type ThreadsOptions } from './rebuild-in-threads';
