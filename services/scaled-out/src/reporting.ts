import { readReporting } from './configuration';
import { runService } from './run-service';
import { startReporting } from './start-reporting';

runService('reporting', {
  start: async (environment) => startReporting(readReporting(environment)),
  another: 8092,
});
