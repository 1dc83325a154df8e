import { readRecording } from './configuration';
import { runService } from './run-service';
import { startRecording } from './start-recording';

runService('recording', {
  start: async (environment) => startRecording(readRecording(environment)),
  another: 8093,
});
