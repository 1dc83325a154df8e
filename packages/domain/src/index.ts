export {
  catalogueAsRecordedBy,
  type Catalogue,
  type CatalogueFact,
  type Measure,
  type Offer,
  type Programme,
  type SavingsArea,
  type Theme,
} from './catalogue/catalogue';
export { poundsText } from './claims/amount-in-words';
export { grouped } from './grouped';
export { openEnd, type Line, type LineKind, type LineRole } from './lines/line';
export { isOfSeveral, linesOf, linesOfContent, linesOfSeveral } from './lines/lines';
export { checkFigures, type CheckedFigure } from './measures/check-figures';
export { mayBeAdded, UnlikeMeasuresError } from './measures/adding';
export { initialMeasures } from './measures/declared';
export { quarters, type Quarter } from './measures/figure-query';
export type {
  AnnualTotalQuery,
  FigureQuery,
  Grouping,
  MappedFigure,
  SavingsQuery,
  TakeUpOf,
  TakeUpQuery,
} from './measures/figure-query';
export type { CountingRule, Evaluation, Question } from './measures/evaluation';
export type { Remainder } from './measures/remainder';
export { countingRule, countingRuleIds } from './measures/rules';
export type {
  Counted,
  DayBounds,
  RollUpQuestion,
  RollUps,
  Spell,
  Subjects,
  SubjectsOfYear,
  ThingsOfYear,
  WantedSpells,
} from './measures/roll-ups';
export { Selection } from './measures/selection';
export { attainability, shareOf, type Attainability, type Share } from './measures/share';
export { holdsOn, lies, mayLie, type Span, type StandingLine } from './measures/standing-line';
export { evolveHolding, evolveThing, newThing } from './things/fold';
export { personsNamed } from './things/persons-named';
export {
  definitionOf,
  deliverableOf,
  progressOf,
  ratingOn,
  type Deliverable,
  type RagDefinition,
  type Rated,
} from './things/deliverable';
export {
  FoldError,
  isThingKind,
  thingKinds,
  type FoldedEvent,
  type StandingContent,
  type Thing,
  type ThingKind,
} from './things/thing';
export {
  correctBack,
  decideCorrection,
  decideMerge,
  decideMergeUndone,
  decideReinstatement,
  decideWithdrawal,
  type PairDecision,
  type Why,
} from './deciders/change';
export { levelOf, wholeOf } from './things/hierarchy';
export { decideApproval } from './deciders/approve';
export { decideCatalogueEntry } from './deciders/catalogue-entry';
export {
  checkContent,
  contentRuleIds,
  warningRuleIds,
  isRecordContent,
  spanOfContent,
  whyNoDay,
} from './deciders/content-rules';
export type { BodyKnowledge, DecidedEvent, DecisionContext, OfferKnowledge } from './deciders/decision';
export { partFaults } from './deciders/hierarchy-rules';
export { decideRecording, type Decision } from './deciders/record';
export { DecisionRefused, refuseIfAny, type Fault } from './deciders/refusal';
export {
  claimChangedIn,
  closedTimeFaults,
  contentsChanged,
  yearsChanged,
  yearsDated,
  type ClosedTime,
} from './periods/closed-time';
export { decidePeriod, type PeriodCommand, type PeriodContext } from './periods/decide-period';
export {
  evolvePeriod,
  openYear,
  partOf,
  type Closing,
  type PeriodFact,
  type PeriodOfYear,
  type PeriodPart,
  type PeriodState,
} from './periods/period-of-year';
export { partInWords, stateInWords } from './periods/period-words';
export {
  citedParameters,
  gainsColumns,
  readCitedQuestion,
  type CitedAsk,
  type CitedParameters,
  type CitedQuestion,
  type GainsColumn,
} from './publications/cited-question';
export {
  decidePublication,
  type AnswerToPublish,
  type FigureToPublish,
  type PublicationDecision,
} from './publications/decide-publication';
export {
  decideAdjustment,
  evolveAdjustment,
  type Adjustment,
  type AdjustmentDecision,
  type AdjustmentState,
  type WithheldWrite,
  partOfReversal,
} from './adjustments/adjustment';
export {
  assuranceOf,
  attributedPence,
  claimOf,
  deliveredAmounts,
  elsewherePence,
  netPence,
  realisationOf,
  type Claim,
  type YearAmount,
} from './claims/claim';
export type {
  Assurance,
  AttachedEvidence,
  ClaimLife,
  ClaimQuery,
  StandingBaseline,
} from './claims/claim-life';
export { nextConfirmation, type Confirmation } from './claims/confirmation';
export { drawSample, projectedMisstatement, type SampleDesign } from './claims/sample';
export { gradeOf, gradeRule, worksheetTests, type Grade } from './claims/worksheet';
export { missingForSubmission } from './claims/claim-faults';
export { assuranceMoves, realisationMoves } from './claims/claim-moves';
export type { ClaimContext } from './claims/claim-context';
export { decideClaim, type ClaimCommand } from './claims/decide-claim';
export {
  decideOverlap,
  decidePlacing,
  type ClaimPairDecision,
  type OverlapDecision,
} from './claims/decide-overlap';
export {
  foldedLabel,
  isBlocking,
  overlapReasons,
  type ComparedClaim,
  type OverlapReason,
} from './claims/overlaps';
