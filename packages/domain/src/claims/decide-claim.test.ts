import fc from 'fast-check';
import type { EventData } from '@ledger/events';
import { linesOf } from '../lines/lines';
import { decideCorrection } from '../deciders/change';
import { assuranceOf, attributedPence, claimOf, deliveredAmounts, netPence } from './claim';
import {
  approver,
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

function assurance({ thing }: ClaimInTest): string {
  const claim = claimOf(thing);
  return claim === undefined ? '' : assuranceOf(claim);
}

describe('submitting (B1)', () => {
  const submit: ClaimCommand = { step: 'submit', data: {} };

  it('is refused for each thing that is missing, each with its own message', () => {
    const bare = new ClaimInTest({
      ...wholeContent,
      gainType: 'not stated',
      method: 'not stated',
      amounts: [{ fromYear: 201920, toYear: 202223, basis: 'forecast', grossPence: 1, qualifier: 'about' }],
    });
    expect(refusals(() => bare.decide(submit, submitter))).toEqual([
      'gain-type-stated',
      'amounts-by-year',
      'method-stated',
      'baseline-proposed',
      'evidence-attached',
    ]);
  });

  it.each([
    ['gain-type-stated', { gainType: 'not stated' }],
    ['method-stated', { method: 'not stated' }],
  ] as const)('is refused for %s alone', (code, change) => {
    const claim = new ClaimInTest({ ...wholeContent, ...change }).proposed().evidenced();
    expect(refusals(() => claim.decide(submit, submitter))).toEqual([code]);
  });

  it('is refused for want of a baseline or of evidence alone, and taken with both', () => {
    expect(refusals(() => new ClaimInTest().evidenced().decide(submit, submitter))).toEqual([
      'baseline-proposed',
    ]);
    expect(refusals(() => new ClaimInTest().proposed().decide(submit, submitter))).toEqual([
      'evidence-attached',
    ]);
    expect(assurance(new ClaimInTest().proposed().evidenced().do(submit, submitter))).toBe('submitted');
  });

  it('takes what was delivered in a year for an amount of a year', () => {
    const claim = new ClaimInTest({
      ...wholeContent,
      amounts: [{ fromYear: 201920, toYear: 202223, basis: 'forecast', grossPence: 9, qualifier: 'about' }],
    });
    claim.proposed().evidenced();
    expect(refusals(() => claim.decide(submit, submitter))).toEqual(['amounts-by-year']);
    expect(refusals(() => claim.delivered().decide(submit, submitter))).toEqual([]);
  });
});

describe('the baseline (B2)', () => {
  it('has to be agreed before anything is verified', () => {
    const claim = new ClaimInTest().delivered().underReview();
    expect(refusals(() => claim.verify())).toEqual(['baseline-agreed']);
    expect(assurance(claim.baselineAgreed().verify())).toBe('verified');
  });

  it('is frozen once agreed; another one reopens the claim and voids what was verified, and the stream shows both', () => {
    const claim = new ClaimInTest().delivered().underReview().baselineAgreed().verify();
    claim.do({ step: 'propose-baseline', data: { baseline: { ...baseline, valuePence: 1 } } }, submitter);
    expect(claim.events.slice(-2)).toEqual([
      { type: 'BaselineProposed', data: { baseline: { ...baseline, valuePence: 1 } } },
      { type: 'ClaimReopened', data: { because: 'baseline-changed', voids: [201920] } },
    ]);
    expect(assurance(claim)).toBe('reopened');
    expect(linesOf(claim.thing).filter(({ kind }) => kind === 'gain-verified')).toEqual([]);
    expect(claimOf(claim.thing)?.life.baseline?.agreedBy).toBeNull();
  });

  it('reopens a claim that is with finance, and not one that is a draft', () => {
    const propose: ClaimCommand = { step: 'propose-baseline', data: { baseline } };
    const draft = new ClaimInTest().proposed().baselineAgreed();
    expect(draft.decide(propose, submitter)).toHaveLength(1);
    const review = new ClaimInTest().underReview();
    expect(review.decide(propose, submitter)).toHaveLength(1);
    expect(review.baselineAgreed().decide(propose, submitter)).toHaveLength(2);
  });

  it.each([
    ['baseline-years', { fromYear: 201818 }],
    ['baseline-years', { fromYear: 201920, toYear: 201819 }],
    ['attribution-reason', { attributionHundredths: 5000 }],
  ])('is refused for %s', (code, change) => {
    const command: ClaimCommand = {
      step: 'propose-baseline',
      data: { baseline: { ...baseline, ...change } },
    };
    expect(refusals(() => new ClaimInTest().decide(command, submitter))).toContain(code);
  });
});

describe('three persons (B3)', () => {
  const persons = { submitter, approver, verifier } as const;
  type Part = keyof typeof persons;
  const parts: readonly Part[] = ['submitter', 'approver', 'verifier'];

  /** Goes through a claim's life with these persons, and says what the first refusal was. */
  function lived(by: Readonly<Record<Part, string>>): readonly string[] {
    const claim = new ClaimInTest().delivered();
    claim.do({ step: 'propose-baseline', data: { baseline } }, 'proposer');
    return refusals(() =>
      claim
        .evidenced()
        .do({ step: 'submit', data: {} }, by.submitter)
        .do({ step: 'start-review', data: {} }, by.verifier)
        .do({ step: 'agree-baseline', data: {} }, by.approver)
        .do({ step: 'verify', data: { years: [{ year: 201920, verifiedPence: 10_000_00 }] } }, by.verifier),
    );
  }

  it('may do the three parts', () => {
    expect(lived(persons)).toEqual([]);
  });

  it.each(parts.flatMap((one) => parts.filter((other) => other > one).map((other) => [one, other] as const)))(
    'are needed: %s and %s are not one person, whatever roles he or she has',
    (one, other) => {
      expect(lived({ ...persons, [one]: persons[other] })).toEqual(['three-persons']);
    },
  );

  it('are kept apart in whatever order they act, and over reopenings', () => {
    const early = new ClaimInTest().proposed().evidenced().baselineAgreed();
    expect(refusals(() => early.decide({ step: 'submit', data: {} }, approver))).toEqual(['three-persons']);
    const again = new ClaimInTest().delivered().underReview().baselineAgreed().verify();
    again.do({ step: 'reopen', data: { because: 'error-found' } }, verifier);
    expect(refusals(() => again.decide({ step: 'submit', data: {} }, verifier))).toEqual(['three-persons']);
    again
      .do({ step: 'submit', data: {} }, 'another submitter')
      .do({ step: 'start-review', data: {} }, verifier);
    const verify: ClaimCommand = {
      step: 'verify',
      data: { years: [{ year: 201920, verifiedPence: 10_000_00 }] },
    };
    expect(refusals(() => again.decide(verify, submitter))).toEqual(['three-persons']);
  });

  it('agree to no baseline of their own, and check no estimate of their own', () => {
    const claim = new ClaimInTest().proposed();
    expect(refusals(() => claim.decide({ step: 'agree-baseline', data: {} }, submitter))).toEqual([
      'three-persons',
    ]);
    const estimate = new ClaimInTest().underReview();
    expect(refusals(() => estimate.decide({ step: 'check-estimate', data: {} }, submitter))).toEqual([
      'three-persons',
    ]);
  });
});

describe('verifying', () => {
  const verify = (years: EventData<'ClaimVerified'>['years']): ClaimCommand => ({
    step: 'verify',
    data: { years },
  });
  const ready = (): ClaimInTest => new ClaimInTest().delivered().underReview().baselineAgreed();

  it.each([
    ['only-delivered', [{ year: 202021, verifiedPence: 1 }]],
    ['not-above-delivered', [{ year: 201920, verifiedPence: 10_000_01 }]],
    ['reason-for-the-rest', [{ year: 201920, verifiedPence: 9_999_99 }]],
    ['no-rest', [{ year: 201920, verifiedPence: 10_000_00, reason: 'other' as const }]],
    [
      'year-once',
      [
        { year: 201920, verifiedPence: 10_000_00 },
        { year: 201920, verifiedPence: 10_000_00 },
      ],
    ],
  ])('is refused for %s', (code, years) => {
    expect(refusals(() => ready().decide(verify(years), verifier))).toEqual([code]);
  });

  it('of a part says why the rest is not, and makes the claim part-verified', () => {
    const claim = ready().do(
      verify([{ year: 201920, verifiedPence: 6_000_00, reason: 'no-evidence' }]),
      verifier,
    );
    expect(assurance(claim)).toBe('part-verified');
    expect(refusals(() => claim.verify())).toEqual(['year-verified']);
  });

  it('what is not delivered can only be checked as an estimate, and what is delivered cannot', () => {
    const estimate = new ClaimInTest().underReview().baselineAgreed();
    expect(refusals(() => estimate.verify())).toEqual(['only-delivered']);
    expect(refusals(() => ready().decide({ step: 'check-estimate', data: {} }, verifier))).toEqual([
      'only-estimates',
    ]);
  });

  it('another amount of a verified year, or another content, reopens the claim', () => {
    const claim = ready().verify();
    claim.delivered(201920, 11_000_00);
    expect(claim.events.at(-1)).toEqual({
      type: 'ClaimReopened',
      data: { because: 'amount-changed', voids: [201920] },
    });
    const revised = ready().verify();
    const content = { type: 'SavingsRecorded', data: { ...wholeContent, title: 'Other' } } as const;
    const context = {
      today: '2021-06-01',
      bodies: { problemDuring: () => null },
      offers: { offer: () => undefined, savingsArea: () => false },
    };
    expect(
      decideCorrection(revised.thing, { reason: 'other', content }, context).events.map(({ type }) => type),
    ).toEqual(['ClaimRevised', 'ClaimReopened']);
  });

  it('a further year delivered leaves the others verified, and the claim verified in part', () => {
    const claim = ready().verify().delivered(202021, 7);
    expect(assurance(claim)).toBe('part-verified');
    expect(assurance(claim.verify(202021, 7))).toBe('verified');
  });
});

describe('evidence', () => {
  const attach = (change: Partial<typeof evidence>): ClaimCommand => ({
    step: 'attach-evidence',
    data: { ...evidence, ...change },
  });

  it.each([
    ['2021-02-30', 'is not in the calendar'],
    ['2021-06-02', 'is after today, 2021-06-01'],
  ])('that bears the day %s is refused: it %s', (dated, says) => {
    expect(() => new ClaimInTest().decide(attach({ dated }), submitter)).toThrow(says);
  });

  it('may bear the day of today, or none', () => {
    const claim = new ClaimInTest().evidenced().do(attach({ dated: '2021-06-01' }), submitter);
    expect(claimOf(claim.thing)?.life.evidence).toHaveLength(2);
  });

  it('is attached once: the same file is refused with the same words, and taken with others', () => {
    const claim = new ClaimInTest().evidenced();
    expect(refusals(() => claim.decide(attach({}), submitter))).toEqual(['evidence-attached-already']);
    for (const change of [
      { title: 'Another title' },
      { sort: 'budget' },
      { sha256: 'c'.repeat(64) },
    ] as const)
      expect(claim.decide(attach(change), submitter)).toHaveLength(1);
  });
});

describe('queries', () => {
  const ask = (query: string, due = '2021-07-01'): ClaimCommand => ({
    step: 'query',
    data: { query, due, noteRef: note },
  });

  it('hold the claim up until every one of them is answered', () => {
    const claim = new ClaimInTest().underReview().do(ask(queryId), verifier).do(ask('second'), verifier);
    claim.do({ step: 'answer', data: { query: 'second', noteRef: note } }, submitter);
    expect(assurance(claim)).toBe('queried');
    expect(
      refusals(() => claim.decide({ step: 'answer', data: { query: 'second', noteRef: note } }, submitter)),
    ).toEqual(['query-open']);
    claim.do({ step: 'answer', data: { query: queryId, noteRef: note } }, submitter);
    expect(assurance(claim)).toBe('under review');
  });

  it('are due on a day that exists and is not past', () => {
    for (const due of ['2021-02-30', '2021-05-31'])
      expect(refusals(() => new ClaimInTest().underReview().decide(ask('q', due), verifier))).toEqual([
        'due-date',
      ]);
  });
});

describe('amounts', () => {
  it('are net of what they cost in the same year, and kept beside what was estimated', () => {
    const claim = new ClaimInTest().delivered(201920, 9_000_00);
    const now = claimOf(claim.thing);
    expect(now && deliveredAmounts(now).map(netPence)).toEqual([8_500_00]);
    const lines = linesOf(claim.thing).filter(({ amountFrom }) => amountFrom === 201920);
    expect(lines.map(({ kind, quantity, realisation }) => [kind, quantity, realisation])).toEqual([
      ['gain-estimate', 10_000_00, 'agreed'],
      ['gain', 9_000_00, 'delivered'],
      ['gain-cost', 500_00, 'delivered'],
    ]);
  });

  it('of a rejected claim count nowhere, and the claim is still a claim', () => {
    const claim = new ClaimInTest().underReview();
    claim.do({ step: 'reject', data: { reason: 'arithmetic' } }, verifier);
    expect(linesOf(claim.thing).map(({ kind, assurance: state }) => [kind, state])).toEqual([
      ['claim', 'rejected'],
    ]);
  });

  it('what is put down to others and to the programme is the whole, to the penny', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 53 - 1 }), fc.nat({ max: 10_000 }), (pence, share) => {
        const own = attributedPence(pence, share);
        expect(own).toBeGreaterThanOrEqual(0);
        expect(own).toBeLessThanOrEqual(pence);
        // Within half a penny of the share.
        const off = BigInt(own) * 10_000n - BigInt(pence) * BigInt(share);
        expect(off <= 5000n && off > -5000n).toBe(true);
      }),
    );
    expect(attributedPence(5, 5000)).toBe(3);
    expect(attributedPence(7, undefined)).toBe(7);
  });

  it('agree along every path: gains of a claim are its deliveries and the estimates of the other years', () => {
    const year = fc.integer({ min: 0, max: 3 }).map((at) => 201819 + at * 101);
    const amount = fc.record({ year, grossPence: fc.nat({ max: 1_000_000 }) });
    fc.assert(
      fc.property(
        fc.array(amount, { minLength: 1, maxLength: 6 }),
        fc.array(amount, { maxLength: 6 }),
        fc.nat({ max: 10_000 }),
        (estimates, deliveries, share) => {
          const claim = new ClaimInTest({
            ...wholeContent,
            amounts: estimates.map(({ year: of, grossPence }) => ({
              fromYear: of,
              toYear: of,
              basis: 'forecast',
              grossPence,
              qualifier: 'exact',
            })),
          });
          const said = { ...baseline, attributionHundredths: share, attributionReason: 'With partners' };
          claim.do({ step: 'propose-baseline', data: { baseline: said } }, submitter);
          for (const { year: of, grossPence } of deliveries) claim.delivered(of, grossPence);
          const last = new Map(deliveries.map(({ year: of, grossPence }) => [of, grossPence]));
          const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
          const of = (kind: string): number =>
            sum(linesOf(claim.thing).flatMap((line) => (line.kind === kind ? [line.quantity] : [])));
          const open = estimates.filter((one) => !last.has(one.year)).map(({ grossPence }) => grossPence);
          expect(of('gain')).toBe(sum(open) + sum([...last.values()]));
          expect(of('gain') + of('gain-estimate')).toBe(
            sum(estimates.map(({ grossPence }) => grossPence)) + sum([...last.values()]),
          );
          const attributed = [...open, ...last.values()].map((pence) => attributedPence(pence, share));
          expect(of('gain') - of('gain-of-others')).toBe(sum(attributed));
        },
      ),
    );
  });
});
