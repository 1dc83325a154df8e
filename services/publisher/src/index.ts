export { inBatches } from './batches';
export { measurePublisher } from './measuring';
export { Publisher, type PublisherParts, type PublisherStanding } from './publisher';
