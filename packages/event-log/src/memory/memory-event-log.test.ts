import { eventLogCompliance } from '../compliance/event-log-compliance';
import { MemoryEventLog } from './memory-event-log';

eventLogCompliance('the memory log', async (now) => {
  const log = new MemoryEventLog(now);
  return { log, dispose: () => log.close() };
});
