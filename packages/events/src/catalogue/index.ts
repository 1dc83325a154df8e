import type { z } from 'zod';
import * as activities from './activities';
import * as adjustments from './adjustments';
import * as approvals from './approvals';
import * as bodies from './bodies';
import * as claimLife from './claim-life';
import * as claims from './claims';
import * as deliverables from './deliverables';
import * as imports from './imports-and-ledger';
import * as observations from './observations';
import * as catalogue from './offers-and-measures';
import * as periods from './periods';
import * as publications from './publications';
import * as recordLife from './record-life';

const { BodyKind: _k, CouncilType: _t, Region: _r, Control: _c, ...bodyEvents } = bodies;
const {
  GainType: _g,
  Realisation: _re,
  AmountBasis: _a,
  ClaimAmount: _ca,
  ClaimContent: _cc,
  ...claimEvents
} = claims;
const {
  Baseline: _b,
  ShortfallReason: _sr,
  ReopeningReason: _rr,
  EvidenceSort: _es,
  WorksheetTest: _wt,
  TestResult: _tr,
  ...claimLifeEvents
} = claimLife;
const { Rag: _rag, ...deliverableEvents } = deliverables;

/** Every event type there is, by name. */
export const eventDefinitions = {
  ...activities,
  ...observations,
  ...claimEvents,
  ...claimLifeEvents,
  ...deliverableEvents,
  ...recordLife,
  ...bodyEvents,
  ...catalogue,
  ...imports,
  ...periods,
  ...adjustments,
  ...approvals,
  ...publications,
};

export type EventType = keyof typeof eventDefinitions;
/** What an event of a type says, in its present version. */
export type EventData<T extends EventType> = z.infer<(typeof eventDefinitions)[T]['data']>;
/** An event as code reads it: discriminated by `type`, data in the present version. */
export type LedgerEvent = { [T in EventType]: { readonly type: T; readonly data: EventData<T> } }[EventType];

export const eventTypes = Object.keys(eventDefinitions) as EventType[];

export function isEventType(type: string): type is EventType {
  return Object.hasOwn(eventDefinitions, type);
}

/** The content events of an activity: what a team logs. */
export const activityContentTypes = eventTypes.filter(
  (type) =>
    eventDefinitions[type].content && eventDefinitions[type].streams.some((kind) => kind === 'activity'),
);
