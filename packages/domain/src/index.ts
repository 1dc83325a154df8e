export { evolveThing, newThing } from './things/fold';
export { FoldError, type FoldedEvent, type StandingContent, type Thing } from './things/thing';
