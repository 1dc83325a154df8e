import { claimStepNames, nearestClaimStep } from './step-names';

test.each([
  ['sumbit', 'submit'],
  ['verifiy', 'verify'],
  ['agree_baseline', 'agree-baseline'],
  ['Propose Baseline', 'propose-baseline'],
  ['resolve', 'resolve-overlap'],
  ['delivery', 'record-delivery'],
  ['agree', undefined],
  ['dance', undefined],
  ['', undefined],
])('“%s” may have meant %p', (written, meant) => expect(nearestClaimStep(written)).toBe(meant));

test('every step is nearest to itself, and is named once', () => {
  expect(claimStepNames.map(nearestClaimStep)).toEqual(claimStepNames);
  expect(new Set(claimStepNames).size).toBe(claimStepNames.length);
});
