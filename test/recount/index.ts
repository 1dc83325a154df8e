export { unknownGroup } from './councils';
export type { ExportedEvent } from './exported-event';
export type { Gains } from './gains';
export { UnexpectedJsonError } from './json';
export { recount, type CouncilOn, type Recount } from './recount';
export type { Savings, SavingsByArea, SavingsBySort } from './savings';
export { allCouncils, type TakeUp, type TakeUpBy, type TakeUpOf, type TakeUpRow } from './take-up';
