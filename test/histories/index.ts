export { deliveries, partitionOf, partitions, type Delivery } from './deliveries';
export { history, ndjson, type History } from './history';
export { historyArbitrary } from './history-arbitrary';
export type { HistoryEvent } from './history-writer';
export { historyYears } from './spans';
export { historyOffers, historyProgrammes, historySavingsAreas, type World } from './world';
