export * from './catalogue';
export { AmountBasis, ClaimContent, GainType, Realisation } from './catalogue/claims';
export {
  Baseline,
  EvidenceSort,
  ReopeningReason,
  ShortfallReason,
  TestResult,
  WorksheetTest,
} from './catalogue/claim-life';
export { BodyKind, Control, CouncilType, Region } from './catalogue/bodies';
export { Rag } from './catalogue/deliverables';
export type { EventDefinition, StreamKind } from './define-event';
export { derivedId, newId } from './ids';
export { jsonSchemaOf, type JsonSchema } from './json-schema';
export * from './primitives';
export {
  prepareReading,
  readContent,
  readEvent,
  UnreadableEventError,
  type UnreadableReason,
} from './reading';
export { canonicalJson, NotCanonicalError } from './stored-body/jcs';
export {
  DamagedBodyError,
  decodeStoredBody,
  encodeStoredBody,
  type CommandStamp,
  type ImportStamp,
  type NoteRef,
  type StoredBody,
  type WarningStamp,
} from './stored-body/stored-body';
export { approvalStream, parseStream, streamOf } from './streams';
