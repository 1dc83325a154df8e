import { financialYearLabel, financialYearSpan, isFinancialYear, nextFinancialYear } from '@ledger/calendar';
import type { EventData } from '@ledger/events';
import type { DecidedEvent } from '../deciders/decision';
import { DecisionRefused, refuseIfAny, type Fault } from '../deciders/refusal';
import { deliveredAmounts, type Claim } from './claim';
import { reopening, type ClaimContext } from './claim-context';
import { claimFault, realisationFaults } from './claim-faults';
import { nextConfirmation } from './confirmation';

type Said<T extends DecidedEvent['type']> = EventData<T>;
type Events = readonly DecidedEvent[];

/** What is wrong with an amount said to be delivered in a year. */
function deliveryFaults({ content }: Claim, { year }: { readonly year: number }, today: string): Fault[] {
  if (!isFinancialYear(year))
    return [claimFault('delivery-year', 'year', `${year} is no financial year; 2019/20 is written 201920`)];
  if (financialYearSpan(year).from > today)
    return [
      claimFault(
        'delivery-year',
        'year',
        `${financialYearLabel(year)} has not begun; record what is delivered once it is`,
      ),
    ];
  const stated = content.realisation === 'delivered';
  const same = content.amounts.some(
    ({ fromYear, toYear, basis }) => fromYear === year && toYear === year && basis !== 'forecast',
  );
  return stated && same
    ? [
        claimFault(
          'delivered-as-stated',
          'year',
          `the claim itself states what was delivered in ${financialYearLabel(year)}; correct the claim instead`,
        ),
      ]
    : [];
}

/** Records what was delivered; another amount of a verified year opens the claim again. @throws DecisionRefused */
export function recordDelivery(
  claim: Claim,
  data: Said<'DeliveryRecorded'>,
  { today }: ClaimContext,
): Events {
  refuseIfAny([...realisationFaults(claim, 'record-delivery'), ...deliveryFaults(claim, data, today)]);
  const changesVerified = claim.life.verified.some(({ year }) => year === data.year);
  const reopens = changesVerified || claim.life.phase === 'estimate checked';
  return [{ type: 'DeliveryRecorded', data }, ...(reopens ? [reopening(claim, 'amount-changed')] : [])];
}

/** A recurring gain is confirmed a year after the other, each once. @throws DecisionRefused */
export function confirm(claim: Claim, data: Said<'SavingConfirmed'>, { today }: ClaimContext): Events {
  refuseIfAny([...realisationFaults(claim, 'confirm'), ...recurringFaults(claim)]);
  const years = deliveredAmounts(claim).map(({ year }) => year);
  const next = nextFinancialYear(years.at(-1) ?? data.year);
  refuseIfAny([
    ...(data.year === next
      ? []
      : [
          claimFault(
            'next-year',
            'year',
            `the next year to confirm is ${financialYearLabel(next)}; years are confirmed one after the other`,
          ),
        ]),
    ...deliveryFaults(claim, data, today),
  ]);
  const reopens = claim.life.phase === 'estimate checked';
  return [{ type: 'SavingConfirmed', data }, ...(reopens ? [reopening(claim, 'amount-changed')] : [])];
}

function recurringFaults({ content }: Claim): Fault[] {
  if (content.recurrence === 'recurring') return [];
  return [
    claimFault(
      'recurring-only',
      'recurrence',
      'the claim does not say that the gain recurs; correct it, or record what is delivered',
    ),
  ];
}

/** A recurring gain lapses once its confirmation is overdue. @throws DecisionRefused */
export function lapse(claim: Claim, data: object, { today }: ClaimContext): Events {
  refuseIfAny([...realisationFaults(claim, 'lapse'), ...recurringFaults(claim)]);
  const due = nextConfirmation(claim);
  if (due === undefined)
    throw new DecisionRefused([
      claimFault(
        'confirmation-overdue',
        'id',
        'the gain needs no further confirmation, so it does not lapse',
      ),
    ]);
  if (today <= due.due)
    throw new DecisionRefused([
      claimFault(
        'confirmation-overdue',
        'id',
        `${financialYearLabel(due.year)} can be confirmed until ${due.due}; it lapses after that day`,
      ),
    ]);
  return [{ type: 'SavingLapsed', data: { from: due.year, ...data } }];
}
