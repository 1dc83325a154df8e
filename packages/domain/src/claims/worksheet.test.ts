import { approver, ClaimInTest, refusals, submitter, verifier } from './claims.testing';
import type { ClaimCommand } from './decide-claim';
import { gradeOf, worksheetFaults, worksheetTests, type TestedLine } from './worksheet';

/** A worksheet in which these tests failed. */
function failing(...failed: readonly TestedLine['test'][]): TestedLine[] {
  return worksheetTests.map((test) => ({ test, result: failed.includes(test) ? 'failed' : 'passed' }));
}
const tested = (tests: TestedLine[]): ClaimCommand => ({ step: 'test', data: { tests } });

describe('the grade of a worksheet (B10)', () => {
  it.each([
    ['sufficient', []],
    ['insufficient', ['evidence']],
    ['insufficient', ['baseline']],
    ['insufficient', ['double count']],
    ['partial', ['period']],
    ['partial', ['attribution', 'arithmetic']],
    ['insufficient', ['period', 'sustained', 'arithmetic']],
  ] as const)('is %s where what failed is %p', (grade, failed) => {
    expect(gradeOf(failing(...failed))).toBe(grade);
  });
});

describe('a worksheet', () => {
  it('answers every test once, and the essential ones with passed or failed', () => {
    expect(worksheetFaults(failing())).toEqual([]);
    const codes = (tests: TestedLine[]): string[] => worksheetFaults(tests).map(({ code }) => code);
    expect(codes(failing().slice(1))).toEqual(['every-test']);
    expect(codes([...failing(), { test: 'period', result: 'passed' }])).toEqual(['test-once']);
    expect(codes(failing().with(0, { test: 'evidence', result: 'not applicable' }))).toEqual([
      'test-applies',
    ]);
  });

  it('that comes to insufficient stands in the way of verifying, until it is filled in anew', () => {
    const claim = new ClaimInTest().delivered().underReview().baselineAgreed();
    claim.do(tested(failing('evidence')), verifier);
    expect(refusals(() => claim.verify())).toEqual(['grade-insufficient']);
    claim.do(tested(failing('period')), verifier);
    expect(refusals(() => claim.verify())).toEqual([]);
  });

  it('is not filled in by who submitted or agreed to the baseline, and is void once the claim is opened again', () => {
    const claim = new ClaimInTest().delivered().underReview().baselineAgreed();
    for (const person of [submitter, approver])
      expect(refusals(() => claim.decide(tested(failing()), person))).toEqual(['three-persons']);
    claim.do(tested(failing()), verifier).verify();
    claim.do({ step: 'reopen', data: { because: 'error-found' } }, verifier);
    expect(claim.thing.claim?.worksheet).toBeNull();
  });
});
