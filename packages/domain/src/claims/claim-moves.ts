import type { Assurance, RealisationState } from './claim-life';

/** The steps that move a claim along its axis of assurance, or change what the assurance is of. */
export const assuranceSteps = [
  'submit',
  'propose-baseline',
  'agree-baseline',
  'attach-evidence',
  'start-review',
  'test',
  'query',
  'answer',
  'verify',
  'check-estimate',
  'reject',
  'reopen',
  'revise',
  'withdraw',
] as const;
export type AssuranceStep = (typeof assuranceSteps)[number];

/** The steps that move it along its axis of realisation. */
export const realisationSteps = ['agree-gain', 'record-delivery', 'confirm', 'lapse'] as const;
export type RealisationStep = (typeof realisationSteps)[number];

export const assurances: readonly Assurance[] = [
  'draft',
  'submitted',
  'under review',
  'queried',
  'verified',
  'part-verified',
  'estimate checked',
  'rejected',
  'withdrawn',
  'reopened',
];

/** Where a step may lead from a state; a state that is not named refuses it. */
type Moves<Step extends string, State extends string> = Readonly<
  Record<Step, Readonly<Partial<Record<State, readonly State[]>>>>
>;

/**
 * The one table of the axis of assurance. Changing what an assurance is of (an agreed baseline, a verified amount, the
 * claim itself) reopens the claim; a rejected one is reopened before anything is changed.
 */
export const assuranceMoves: Moves<AssuranceStep, Assurance> = {
  submit: { draft: ['submitted'], reopened: ['submitted'] },
  'propose-baseline': {
    draft: ['draft'],
    // A baseline that was agreed already is frozen: proposing another opens the claim again.
    submitted: ['submitted', 'reopened'],
    'under review': ['under review', 'reopened'],
    queried: ['queried', 'reopened'],
    verified: ['reopened'],
    'part-verified': ['reopened'],
    'estimate checked': ['reopened'],
    reopened: ['reopened'],
  },
  'agree-baseline': {
    draft: ['draft'],
    submitted: ['submitted'],
    'under review': ['under review'],
    queried: ['queried'],
    'estimate checked': ['estimate checked'],
    reopened: ['reopened'],
  },
  'attach-evidence': {
    draft: ['draft'],
    submitted: ['submitted'],
    'under review': ['under review'],
    queried: ['queried'],
    verified: ['verified'],
    'part-verified': ['part-verified'],
    'estimate checked': ['estimate checked'],
    reopened: ['reopened'],
  },
  'start-review': { submitted: ['under review'] },
  test: {
    'under review': ['under review'],
    queried: ['queried'],
    verified: ['verified'],
    'part-verified': ['part-verified'],
    'estimate checked': ['estimate checked'],
  },
  query: { 'under review': ['queried'], queried: ['queried'] },
  answer: { queried: ['under review', 'queried'] },
  verify: {
    'under review': ['verified', 'part-verified'],
    'part-verified': ['verified', 'part-verified'],
  },
  'check-estimate': { 'under review': ['estimate checked'] },
  reject: { submitted: ['rejected'], 'under review': ['rejected'], queried: ['rejected'] },
  reopen: {
    verified: ['reopened'],
    'part-verified': ['reopened'],
    'estimate checked': ['reopened'],
    rejected: ['reopened'],
  },
  revise: {
    draft: ['draft'],
    submitted: ['submitted'],
    'under review': ['under review'],
    queried: ['queried'],
    verified: ['reopened'],
    'part-verified': ['reopened'],
    'estimate checked': ['reopened'],
    reopened: ['reopened'],
  },
  withdraw: {
    draft: ['withdrawn'],
    submitted: ['withdrawn'],
    'under review': ['withdrawn'],
    queried: ['withdrawn'],
    verified: ['withdrawn'],
    'part-verified': ['withdrawn'],
    'estimate checked': ['withdrawn'],
    rejected: ['withdrawn'],
    reopened: ['withdrawn'],
  },
};

/** The one table of the axis of realisation. */
export const realisationMoves: Moves<RealisationStep, RealisationState> = {
  'agree-gain': { 'not stated': ['agreed'], identified: ['agreed'] },
  'record-delivery': { agreed: ['delivered'], delivered: ['delivered'], sustained: ['delivered'] },
  // A confirmation that comes late takes a lapse back.
  confirm: { delivered: ['sustained'], sustained: ['sustained'], lapsed: ['sustained'] },
  lapse: { delivered: ['lapsed'], sustained: ['lapsed'] },
};

/** What to do in a state before a step that it refuses is possible. */
export const assuranceHints: Readonly<Record<Assurance, string>> = {
  draft: 'it has to be submitted first',
  submitted: 'its review has to be started first',
  'under review': 'it is with finance, who verify, query or reject it',
  queried: 'its open queries have to be answered first',
  verified: 'reopen it to change what was verified',
  'part-verified': 'verify what is left of it, or reopen it to change what was verified',
  'estimate checked': 'record what is delivered, or reopen it',
  rejected: 'reopen it first',
  withdrawn: 'a withdrawn claim is not taken up again; record it anew',
  reopened: 'it has to be submitted again first',
};

export const realisationHints: Readonly<Record<RealisationState, string>> = {
  'not stated': 'have the gain agreed first',
  identified: 'have the gain agreed first',
  agreed: 'record what is delivered of it',
  delivered: 'it is delivered already',
  sustained: 'it is delivered and sustained already',
  lapsed: 'it has lapsed; confirm it, if it has gone on after all',
};
