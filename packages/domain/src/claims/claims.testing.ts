import { derivedId, type EventData, type LedgerEvent } from '@ledger/events';
import { evolveThing, newThing } from '../things/fold';
import type { Thing } from '../things/thing';
import type { DecidedEvent } from '../deciders/decision';
import { DecisionRefused } from '../deciders/refusal';
import type { ClaimContext } from './claim-context';
import { decideClaim, type ClaimCommand } from './decide-claim';

export const submitter = derivedId('test-user', 'submitter');
export const approver = derivedId('test-user', 'approver');
export const verifier = derivedId('test-user', 'verifier');
const today = '2021-06-01';
export const note = { vault: derivedId('test-note', '1'), sha256: 'a'.repeat(64) };
export const queryId = derivedId('test-query', '1');

export type Content = EventData<'SavingsRecorded'>;

/** A claim that lacks nothing, of two years: one agreed to come, one to be delivered. */
export const wholeContent: Content = {
  title: 'Saving on plans',
  bodies: [],
  occurred: { from: '2019-04-01', to: '2020-03-31', basis: 'stated' },
  gainType: 'cash-releasing efficiency',
  realisation: 'agreed',
  amounts: [
    { fromYear: 201920, toYear: 201920, basis: 'forecast', grossPence: 10_000_00, qualifier: 'estimated' },
    { fromYear: 202021, toYear: 202021, basis: 'forecast', grossPence: 12_000_00, qualifier: 'estimated' },
  ],
  recurrence: 'one-off',
  source: 'The council',
  method: "council's estimate",
};

export const baseline: EventData<'BaselineProposed'>['baseline'] = {
  valuePence: 80_000_00,
  fromYear: 201819,
  toYear: 201819,
  source: 'Outturn of the service',
  sort: 'outturn',
  priceBasis: 'cash prices',
};

export const evidence: EventData<'EvidenceAttached'> = {
  evidence: derivedId('test-evidence', '1'),
  sha256: 'b'.repeat(64),
  bytes: 1000,
  mediaType: 'application/pdf',
  title: 'Accounts of the service',
  sort: 'accounts',
};

/** A claim in a test: its events one after the other, each by somebody. */
export class ClaimInTest {
  thing: Thing;
  readonly events: DecidedEvent[] = [];
  #count = 0;

  constructor(content: Content = wholeContent) {
    this.thing = newThing('claim', derivedId('test', 'claim'));
    this.say({ type: 'SavingsRecorded', data: content }, submitter);
  }

  say(event: LedgerEvent, actor: string): void {
    this.#count += 1;
    this.thing = evolveThing(this.thing, {
      eventId: derivedId('test-event', String(this.#count)),
      position: BigInt(this.#count),
      revision: this.thing.revision + 1n,
      illustrative: false,
      actor,
      event,
    });
  }

  decide(command: ClaimCommand, actor: string, more: Partial<ClaimContext> = {}): readonly DecidedEvent[] {
    return decideClaim(this.thing, command, { actor, today, ...more });
  }

  /** Decides and folds, as a command does. */
  do(command: ClaimCommand, actor: string, more: Partial<ClaimContext> = {}): this {
    for (const event of this.decide(command, actor, more)) {
      this.events.push(event);
      this.say(event, actor);
    }
    return this;
  }

  proposed(): this {
    return this.do({ step: 'propose-baseline', data: { baseline } }, submitter);
  }

  evidenced(): this {
    return this.do({ step: 'attach-evidence', data: evidence }, submitter);
  }

  baselineAgreed(): this {
    return this.do({ step: 'agree-baseline', data: {} }, approver);
  }

  delivered(year = 201920, grossPence = 10_000_00): this {
    return this.do(
      { step: 'record-delivery', data: { year, grossPence, costPence: 500_00, qualifier: 'exact' } },
      submitter,
    );
  }

  /** Up to review, with everything a verification needs. */
  underReview(): this {
    return this.proposed()
      .evidenced()
      .do({ step: 'submit', data: {} }, submitter)
      .do({ step: 'start-review', data: {} }, verifier);
  }

  verify(year = 201920, verifiedPence = 10_000_00): this {
    return this.do({ step: 'verify', data: { years: [{ year, verifiedPence }] } }, verifier);
  }
}

/** The codes of what a command is refused for; none where it is not. */
export function refusals(decide: () => unknown): readonly string[] {
  try {
    decide();
    return [];
  } catch (error) {
    if (error instanceof DecisionRefused) return error.faults.map(({ code }) => code);
    throw error;
  }
}
