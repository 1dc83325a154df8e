export { positionsFile } from './program/positions-file';
export { listeningPlain, runProgram, type Say, type Started } from './program/run-program';
export { ConfigurationError } from './settings/configuration-error';
export { usualPorts, type Program } from './settings/programs';
export { kafkaConnection, type KafkaSettings } from './settings/kafka-connection';
export { needed, readSettings, type Environment, type Settings } from './settings/read-settings';
export { settings, settingsOf } from './settings/settings';
export { settingsPage } from './settings/settings-page';
export type { ListeningAddress } from './settings/setting-types';
export { Metrics } from './watching/metrics';
export { Operations, type Health } from './watching/operations';
export { followingEvents, type AroundEvents } from './watching/following-events';
export {
  startTracing,
  traceSettings,
  type TracedRequest,
  type TraceSettings,
  type Tracing,
} from './watching/tracing';
export { listen, serveOperations, type Listening } from './watching/operations-server';
