import { derivedId, EvidenceSort, Qualifier, ReopeningReason, ShortfallReason } from '@ledger/events';
import { content, type Content } from './history-writer';
import type { Random } from './random';
import { historyYears } from './spans';

const firstOther = derivedId('other-claim', 'first');
const secondOther = derivedId('other-claim', 'second');

function someYear(random: Random): number {
  return random.pick(historyYears);
}

function somePence(random: Random): number {
  return random.between(0, 1_000_000_000);
}

/** A step in the life of a claim, at random. */
export function claimStep(random: Random): Content {
  const note = { vault: random.uuid(), sha256: random.hex(64) };
  return random.weighted<() => Content>([
    [3, () => content('GainAgreed', {})],
    [
      6,
      () =>
        content('DeliveryRecorded', {
          year: someYear(random),
          grossPence: somePence(random),
          ...(random.percent(30) && { costPence: random.between(0, 1_000_000) }),
          qualifier: random.pick(Qualifier.options),
        }),
    ],
    [2, () => content('ClaimSubmitted', {})],
    [2, () => content('ClaimReviewStarted', {})],
    [
      3,
      () =>
        content('BaselineProposed', {
          baseline: {
            valuePence: somePence(random),
            fromYear: someYear(random),
            toYear: someYear(random),
            source: 'Invented',
            sort: 'outturn',
            priceBasis: 'cash prices',
            ...(random.percent(60) && { attributionHundredths: random.between(0, 10_000) }),
          },
        }),
    ],
    [1, () => content('BaselineAgreed', { proposal: random.uuid() })],
    [
      1,
      () =>
        content('EvidenceAttached', {
          evidence: random.uuid(),
          sha256: random.hex(64),
          bytes: random.between(1, 1000),
          mediaType: 'application/pdf',
          title: 'Invented',
          sort: random.pick(EvidenceSort.options),
        }),
    ],
    [1, () => content('ClaimQueried', { query: random.uuid(), due: '2020-01-01', noteRef: note })],
    [1, () => content('ClaimAnswered', { query: random.uuid(), noteRef: note })],
    [
      5,
      () =>
        content('ClaimVerified', {
          years: Array.from({ length: random.between(1, 2) }, (_, at) => ({
            year: historyYears[(random.below(2) + at * 2) % historyYears.length] ?? 201617,
            verifiedPence: somePence(random),
            ...(random.percent(50) && { reason: random.pick(ShortfallReason.options) }),
          })),
        }),
    ],
    [1, () => content('EstimateChecked', {})],
    [1, () => content('ClaimTested', { tests: [{ test: 'evidence', result: 'passed' }] })],
    [1, () => content('SavingLapsed', { from: someYear(random) })],
    [
      1,
      () =>
        content('SavingConfirmed', {
          year: someYear(random),
          grossPence: somePence(random),
          qualifier: 'exact',
        }),
    ],
    [
      3,
      () =>
        content('OverlapResolved', {
          // Few others, so that a later decision takes the place of an earlier one.
          other: random.percent(50) ? firstOther : secondOther,
          as: 'shared',
          countsHere: random.percent(80),
          elsewhere: Array.from({ length: random.below(3) }, () => ({
            year: someYear(random),
            pence: random.between(1, 500_000_000),
          })),
        }),
    ],
    [1, () => content('ClaimPlaced', { part: firstOther, whole: secondOther })],
    [2, () => content('ClaimRejected', { reason: random.pick(ShortfallReason.options) })],
    [2, () => content('ClaimReopened', { because: random.pick(ReopeningReason.options), voids: [] })],
  ])();
}
