import type { EventData } from '@ledger/events';
import {
  assuranceOf,
  attributedPence,
  deliveredAmounts,
  elsewherePence,
  isStatedDelivered,
} from '../claims/claim';
import { unlivedClaim, type ClaimContent, type ClaimLife } from '../claims/claim-life';
import type { Line } from './line';

type ClaimAmount = ClaimContent['amounts'][number];

/** What every line of a claim shares. */
export interface ClaimCommon {
  readonly offer: string | null;
  readonly from: string;
  readonly to: string;
  readonly basis: Line['basis'];
  readonly illustrative: boolean;
}

/** What lines of one claim differ in. */
interface Particulars {
  readonly kind: Line['kind'];
  readonly quantity: number;
  readonly realisation: string;
  readonly assurance: string;
  readonly body: string | null;
  readonly role: Line['role'];
  readonly amountFrom: number | null;
  readonly amountTo: number | null;
  readonly amountBasis: Line['amountBasis'];
  readonly qualifier: Line['qualifier'];
  /** Of the claim itself: by which method its amounts were found. */
  readonly subject: string | null;
}

/** A line of a claim. All have one shape, as those of activities have. */
function claimLine(
  { offer, from, to, basis, illustrative }: ClaimCommon,
  { savingsArea, gainType }: EventData<'SavingsRecorded'>,
  particulars: Particulars,
): Line {
  return {
    kind: particulars.kind,
    event: 'SavingsRecorded',
    offer,
    savingsArea: savingsArea ?? null,
    body: particulars.body,
    role: particulars.role,
    person: null,
    party: null,
    from,
    to,
    basis,
    amountFrom: particulars.amountFrom,
    amountTo: particulars.amountTo,
    gainType,
    realisation: particulars.realisation,
    assurance: particulars.assurance,
    amountBasis: particulars.amountBasis,
    qualifier: particulars.qualifier,
    subject: particulars.subject,
    illustrative,
    quantity: particulars.quantity,
  };
}

/** Makes the lines of one claim. */
class ClaimLines {
  readonly lines: Line[] = [];
  readonly #assurance: string;
  readonly #realisation: string;
  /** Of amounts that are not delivered. */
  readonly #estimated: string;
  /** Of each year, the pence that count in other claims and are not taken off a gain yet. */
  readonly #elsewhere = new Map<number, number>();

  constructor(
    readonly content: ClaimContent,
    readonly life: ClaimLife,
    readonly common: ClaimCommon,
  ) {
    this.#assurance = assuranceOf({ content, life, withdrawn: false });
    this.#realisation = life.realisation ?? content.realisation;
    this.#estimated =
      life.realisation === null || content.realisation === 'delivered' ? content.realisation : 'agreed';
  }

  make(): readonly Line[] {
    const { content, life } = this;
    this.#ofClaim('claim', 1);
    const rejected = life.phase === 'rejected';
    for (const { body, role, sharePence } of content.bodies) {
      this.#ofClaim('claim-body', 1, body, role);
      if (sharePence !== undefined && !rejected) this.#ofClaim('gain-share', sharePence, body, role);
    }
    // The amounts of a rejected claim count nowhere.
    if (rejected) return this.lines;
    for (const amount of content.amounts) this.#ofAmount(amount);
    for (const delivery of life.deliveries) {
      const { year, grossPence, costPence, qualifier } = delivery;
      const amount = { fromYear: year, toYear: year, basis: 'actual' as const, grossPence, qualifier };
      this.#gain({ ...amount, ...(costPence !== undefined && { costPence }) }, 'delivered');
    }
    this.#verified();
    return this.lines;
  }

  #ofClaim(
    kind: Line['kind'],
    quantity: number,
    body: string | null = null,
    role: Line['role'] = null,
  ): void {
    this.lines.push(
      claimLine(this.common, this.content, {
        kind,
        quantity,
        realisation: this.#realisation,
        assurance: this.#assurance,
        body,
        role,
        amountFrom: null,
        amountTo: null,
        amountBasis: null,
        qualifier: null,
        // Tables say of their sums by which methods they were found.
        subject: kind === 'claim' ? this.content.method : null,
      }),
    );
  }

  #ofAmount(amount: ClaimAmount): void {
    const { content, life } = this;
    const { fromYear, toYear, grossPence } = amount;
    // Once a year is delivered, what was estimated for it is kept beside it, and no longer added up with it.
    if (fromYear === toYear && life.deliveries.some(({ year }) => year === fromYear)) {
      this.#ofYears('gain-estimate', grossPence, amount, this.#estimated);
      this.#ofOthers('gain-estimate-of-others', grossPence, amount, this.#estimated);
      return;
    }
    const { lapsedFrom } = life;
    // What did not come is reversed and kept in sight.
    if (lapsedFrom !== null && toYear >= lapsedFrom && !isStatedDelivered(content, amount)) {
      this.#ofYears('gain-lapsed', grossPence, amount, this.#estimated);
      return;
    }
    this.#gain(amount, isStatedDelivered(content, amount) ? content.realisation : this.#estimated);
  }

  #gain(amount: ClaimAmount, realisation: string): void {
    const { costPence } = amount;
    const elsewhere = this.#countedElsewhere(amount);
    const grossPence = amount.grossPence - elsewhere;
    if (elsewhere > 0) this.#ofYears('gain-elsewhere', elsewhere, amount, realisation);
    if (grossPence === 0 && elsewhere > 0) return;
    this.#ofYears('gain', grossPence, amount, realisation);
    this.#ofOthers('gain-of-others', grossPence, amount, realisation);
    if (costPence === undefined) return;
    this.#ofYears('gain-cost', costPence, amount, realisation);
    this.#ofOthers('gain-cost-of-others', costPence, amount, realisation);
  }

  /** Of pence of the claim, the part that is put down to others than the programme (B8). */
  #othersOf(pence: number): number {
    return pence - attributedPence(pence, this.life.baseline?.said.attributionHundredths);
  }

  #ofOthers(kind: Line['kind'], pence: number, amount: ClaimAmount, realisation: string): void {
    const others = this.#othersOf(pence);
    if (others > 0) this.#ofYears(kind, others, amount, realisation);
  }

  /** What of an amount counts in other claims, and so not here: credit that is shared is taken off once. */
  #countedElsewhere({ fromYear, toYear, grossPence }: ClaimAmount): number {
    const { overlaps } = this.life;
    if (overlaps.length === 0) return 0;
    if (overlaps.some(({ countsHere }) => !countsHere)) return grossPence;
    if (fromYear !== toYear) return 0;
    const left =
      this.#elsewhere.get(fromYear) ?? elsewherePence(this.life, fromYear, Number.MAX_SAFE_INTEGER);
    const taken = Math.min(left, grossPence);
    this.#elsewhere.set(fromYear, left - taken);
    return taken;
  }

  #ofYears(kind: Line['kind'], quantity: number, amount: ClaimAmount, realisation: string): void {
    const { fromYear, toYear, basis, qualifier } = amount;
    this.lines.push(
      claimLine(this.common, this.content, {
        kind,
        quantity,
        realisation,
        assurance: this.#assuranceOfYears(amount),
        body: null,
        role: null,
        amountFrom: fromYear,
        amountTo: toYear,
        amountBasis: basis,
        qualifier,
        subject: null,
      }),
    );
  }

  /** Verified is what was verified, year by year: another year of the claim is under review still. */
  #assuranceOfYears({ fromYear, toYear, basis }: ClaimAmount): string {
    const { phase, verified } = this.life;
    if (phase !== 'verified') return this.#assurance;
    const year = fromYear === toYear ? verified.find((one) => one.year === fromYear) : undefined;
    if (year === undefined || basis === 'forecast') return 'under review';
    return year.reason === undefined ? 'verified' : 'part-verified';
  }

  #verified(): void {
    if (this.life.verified.length === 0) return;
    const delivered = new Map(deliveredAmounts(this).map((amount) => [amount.year, amount]));
    for (const { year, verifiedPence, reason } of this.life.verified) {
      const amount = delivered.get(year);
      if (amount === undefined) continue;
      const line = (kind: Line['kind'], quantity: number): void => {
        this.lines.push(
          claimLine(this.common, this.content, {
            kind,
            quantity,
            realisation: 'delivered',
            assurance: reason === undefined ? 'verified' : 'part-verified',
            body: null,
            role: null,
            amountFrom: year,
            amountTo: year,
            amountBasis: 'actual',
            qualifier: amount.qualifier,
            subject: null,
          }),
        );
      };
      line('gain-verified', verifiedPence);
      const others = this.#othersOf(verifiedPence);
      if (others > 0) line('gain-verified-of-others', others);
    }
  }
}

/** The lines of a claim: what it says, and what has happened to it since. */
export function claimLines(
  content: ClaimContent,
  life: ClaimLife | null,
  illustrative: boolean,
): readonly Line[] {
  const { from, to, basis } = content.occurred;
  const common = { offer: content.offer ?? null, from, to, basis, illustrative };
  return new ClaimLines(content, life ?? unlivedClaim, common).make();
}
