import { decideCorrection, decideWithdrawal } from '../deciders/change';
import type { DecisionContext } from '../deciders/decision';
import { assuranceOf, claimOf, realisationOf } from './claim';
import type { Assurance, RealisationState } from './claim-life';
import {
  assuranceMoves,
  assurances,
  assuranceSteps,
  realisationMoves,
  realisationSteps,
  type AssuranceStep,
  type RealisationStep,
} from './claim-moves';
import {
  baseline,
  ClaimInTest,
  evidence,
  note,
  queryId,
  refusals,
  submitter,
  verifier,
  wholeContent,
} from './claims.testing';
import type { ClaimCommand } from './decide-claim';
import { worksheetTests } from './worksheet';

function stateOf({ thing }: ClaimInTest): Assurance {
  const claim = claimOf(thing);
  return claim === undefined ? 'draft' : assuranceOf(claim);
}

const context: DecisionContext = {
  today: '2021-06-01',
  bodies: { problemDuring: () => null },
  offers: { offer: () => undefined, savingsArea: () => false },
};

/** A claim in each state, come to by commands, with a baseline that nobody has agreed to unless verified. */
const inState: Readonly<Record<Assurance, () => ClaimInTest>> = {
  draft: () => new ClaimInTest().proposed().evidenced(),
  submitted: () => new ClaimInTest().proposed().evidenced().do({ step: 'submit', data: {} }, submitter),
  'under review': () => new ClaimInTest().underReview(),
  queried: () =>
    new ClaimInTest()
      .underReview()
      .do({ step: 'query', data: { query: queryId, due: '2021-07-01', noteRef: note } }, verifier),
  verified: () => new ClaimInTest().delivered().underReview().baselineAgreed().verify(),
  'part-verified': () =>
    new ClaimInTest().delivered().delivered(202021).underReview().baselineAgreed().verify(),
  'estimate checked': () =>
    new ClaimInTest().underReview().do({ step: 'check-estimate', data: {} }, verifier),
  rejected: () =>
    new ClaimInTest().underReview().do({ step: 'reject', data: { reason: 'no-evidence' } }, verifier),
  withdrawn: () => withdraw(new ClaimInTest()),
  reopened: () =>
    new ClaimInTest()
      .underReview()
      .do({ step: 'reject', data: { reason: 'no-evidence' } }, verifier)
      .do({ step: 'reopen', data: { because: 'new-information' } }, verifier),
};

function withdraw(claim: ClaimInTest): ClaimInTest {
  for (const event of decideWithdrawal(claim.thing, { reason: 'other' }).events) claim.say(event, submitter);
  return claim;
}

function revise(claim: ClaimInTest): ClaimInTest {
  const content = { type: 'SavingsRecorded', data: { ...wholeContent, title: 'Another title' } } as const;
  for (const event of decideCorrection(claim.thing, { reason: 'other', content }, context).events)
    claim.say(event, submitter);
  return claim;
}

const commands: Readonly<
  Record<Exclude<AssuranceStep, 'revise' | 'withdraw'>, readonly [ClaimCommand, string]>
> = {
  submit: [{ step: 'submit', data: {} }, submitter],
  'propose-baseline': [{ step: 'propose-baseline', data: { baseline } }, submitter],
  'agree-baseline': [{ step: 'agree-baseline', data: {} }, 'another approver'],
  'attach-evidence': [
    { step: 'attach-evidence', data: { ...evidence, title: 'Invoices of the service' } },
    submitter,
  ],
  'start-review': [{ step: 'start-review', data: {} }, verifier],
  test: [
    {
      step: 'test',
      data: { tests: worksheetTests.map((test) => ({ test, result: 'passed' as const })) },
    },
    verifier,
  ],
  query: [{ step: 'query', data: { query: 'another', due: '2021-07-01', noteRef: note } }, verifier],
  answer: [{ step: 'answer', data: { query: queryId, noteRef: note } }, submitter],
  verify: [{ step: 'verify', data: { years: [{ year: 202021, verifiedPence: 10_000_00 }] } }, verifier],
  'check-estimate': [{ step: 'check-estimate', data: {} }, verifier],
  reject: [{ step: 'reject', data: { reason: 'no-evidence' } }, verifier],
  reopen: [{ step: 'reopen', data: { because: 'error-found' } }, verifier],
};

function take(claim: ClaimInTest, step: AssuranceStep): ClaimInTest {
  if (step === 'withdraw') return withdraw(claim);
  if (step === 'revise') return revise(claim);
  const [command, actor] = commands[step];
  return claim.do(command, actor);
}

test.each(assurances)('a claim can come to be %s', (state) => {
  expect(stateOf(inState[state]())).toBe(state);
});

/**
 * The decisions, written down apart from the table that the code keeps to: a letter a state, in the order of `assurances`
 * (draft, submitted, under review, queried, verified, part-verified, estimate checked, rejected, withdrawn, reopened);
 * `x` is refused for the state.
 */
const decided: Readonly<Record<AssuranceStep, string>> = {
  submit: 's x x x x x x x x s',
  'propose-baseline': 'd s u q o o o x x o',
  'agree-baseline': 'd s u q x x e x x o',
  'attach-evidence': 'd s u q v p e x x o',
  'start-review': 'x u x x x x x x x x',
  test: 'x x u q v p e x x x',
  query: 'x x q q x x x x x x',
  answer: 'x x x u x x x x x x',
  verify: 'x x ? x x v x x x x',
  'check-estimate': 'x x e x x x x x x x',
  reject: 'x r r r x x x x x x',
  reopen: 'x x x x o o o o x x',
  revise: 'd s u q o o o x x o',
  withdraw: 'w w w w w w w w x w',
};
const letters: Readonly<Record<string, Assurance>> = {
  d: 'draft',
  s: 'submitted',
  u: 'under review',
  q: 'queried',
  v: 'verified',
  p: 'part-verified',
  e: 'estimate checked',
  r: 'rejected',
  w: 'withdrawn',
  o: 'reopened',
};

describe.each(assuranceSteps)('%s', (step) => {
  test.each(assurances.map((state, at) => [state, decided[step].split(' ')[at] ?? ''] as const))(
    'of a claim that is %s comes to what was decided',
    (state, letter) => {
      const claim = inState[state]();
      const refused = refusals(() => take(claim, step));
      // What a step needs beside the state is another test; here only whether the state allows it.
      const byState = refused.some((code) => ['claim-state', 'record-stands'].includes(code));
      expect([step, state, byState]).toEqual([step, state, letter === 'x']);
      expect(assuranceMoves[step][state] === undefined).toBe(letter === 'x');
      if (letter === 'x' || letter === '?') return;
      expect([step, state, refused, stateOf(claim)]).toEqual([step, state, [], letters[letter]]);
      expect(assuranceMoves[step][state]).toContain(letters[letter]);
    },
  );
});

/** The same for realisation: not stated, identified, agreed, delivered, sustained, lapsed. */
const realisations: readonly RealisationState[] = [
  'not stated',
  'identified',
  'agreed',
  'delivered',
  'sustained',
  'lapsed',
];
const decidedOfGains = {
  'agree-gain': 'agreed agreed x x x x',
  'record-delivery': 'x x delivered delivered delivered x',
  confirm: 'x x x sustained sustained sustained',
  lapse: 'x x x lapsed lapsed x',
} as const;

/** A recurring gain in a state, with a year left to deliver and to confirm. */
function realised(state: RealisationState): ClaimInTest {
  const stated = state === 'not stated' || state === 'identified' ? state : 'agreed';
  const claim = new ClaimInTest({ ...wholeContent, recurrence: 'recurring', realisation: stated });
  if (state === 'delivered' || state === 'sustained' || state === 'lapsed') claim.delivered(201819, 5);
  if (state === 'sustained') claim.do(realisationCommands.confirm(201920), submitter);
  if (state === 'lapsed') claim.do(realisationCommands.lapse(0), verifier);
  return claim;
}

const realisationCommands: Readonly<Record<RealisationStep, (year: number) => ClaimCommand>> = {
  'agree-gain': () => ({ step: 'agree-gain', data: {} }),
  'record-delivery': (year) => ({
    step: 'record-delivery',
    data: { year, grossPence: 1, qualifier: 'exact' },
  }),
  confirm: (year) => ({ step: 'confirm', data: { year, grossPence: 1, qualifier: 'exact' } }),
  lapse: () => ({ step: 'lapse', data: {} }),
};

describe.each(realisationSteps)('%s', (step) => {
  test.each(realisations.map((state, at) => [state, decidedOfGains[step].split(' ')[at] ?? ''] as const))(
    'of a gain that is %s comes to what was decided',
    (state, then) => {
      const claim = realised(state);
      const year = state === 'sustained' ? 202021 : 201920;
      const late = { today: '2023-01-01' };
      const refused = refusals(() => claim.do(realisationCommands[step](year), submitter, late));
      expect(refused).toEqual(then === 'x' ? ['claim-realisation'] : []);
      expect(realisationMoves[step][state] === undefined).toBe(then === 'x');
      const now = claimOf(claim.thing);
      expect(now && realisationOf(now)).toBe(then === 'x' ? state : then);
    },
  );

  test.each(['rejected', 'withdrawn'] as const)('is refused of a claim that is %s', (state) => {
    expect(refusals(() => inState[state]().do(realisationCommands[step](202021), submitter))).toContain(
      'claim-state',
    );
  });
});
