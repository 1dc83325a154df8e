export { catalogueEntries, type CatalogueEntry } from './catalogue/catalogue-events';
export { illustrativeConstraints } from './illustrative/constraints';
export { illustrativeYear } from './illustrative/illustrative-year';
export type { SampleRecord } from './illustrative/sample-record';
export { illustrativeInput } from './illustrative/setting';
export { namedRecords, type NamedRecord } from './named-activities/named-records';
export { otherBodyRegistrations } from './named-activities/other-bodies';
export { figureMapping } from './published-figures/mapping';
export { publishedFigures, type PublishedFigure } from './published-figures/published-figures';
export { DemonstrationClock, loadDemonstration, type LoadParts } from './schedule/load-demonstration';
export {
  demonstrationSchedule,
  sampleImportIds,
  scheduledRegister,
  scheduleNumber,
} from './schedule/schedule';
export type { ScheduledAppend, ScheduledEvent } from './schedule/scheduled-append';
