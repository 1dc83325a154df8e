import { objectAt, objectsAt, textAt, textOrNull, wholeAt, wholeOrNull, type JsonObject } from './json';

/** What happened to a claim after it was opened, as far as amounts follow from it. */
export interface ClaimStory {
  /** Agreed or delivered since; null: as the claim says itself. */
  realisation: 'agreed' | 'delivered' | null;
  /** The first year from which it has lapsed. */
  lapsedFrom: number | null;
  rejected: boolean;
  readonly deliveries: Map<number, JsonObject>;
  /** Verified pence by year. */
  readonly verified: Map<number, number>;
  /** Which of the two stands last: a verification, or the check of an estimate. */
  assured: 'verified' | 'estimate' | null;
  /** In hundredths of a per cent; null where no share was said. */
  share: number | null;
  /** By the other claim: whether this one counts beside it, and which pence of which year do not. */
  readonly overlaps: Map<string, { readonly counts: boolean; readonly elsewhere: readonly JsonObject[] }>;
}

export function newStory(): ClaimStory {
  return {
    realisation: null,
    lapsedFrom: null,
    rejected: false,
    deliveries: new Map(),
    verified: new Map(),
    assured: null,
    share: null,
    overlaps: new Map(),
  };
}

function voidAssurance(story: ClaimStory): void {
  story.verified.clear();
  story.assured = null;
}

/** Tells the next event of a claim. */
export function tell(story: ClaimStory, type: string, data: JsonObject): void {
  switch (type) {
    case 'GainAgreed':
      story.realisation = 'agreed';
      break;
    case 'SavingLapsed':
      story.lapsedFrom = wholeAt(data, 'from');
      story.realisation = 'delivered';
      break;
    case 'SavingConfirmed':
    case 'DeliveryRecorded': {
      if (type === 'SavingConfirmed') story.lapsedFrom = null;
      const year = wholeAt(data, 'year');
      story.realisation = 'delivered';
      story.deliveries.set(year, data);
      // Of a verified year another amount is not verified; a checked estimate is an estimate no more.
      if (story.verified.has(year) || story.assured === 'estimate') voidAssurance(story);
      break;
    }
    case 'BaselineProposed':
      story.share = wholeOrNull(objectAt(data, 'baseline'), 'attributionHundredths');
      if (story.assured !== null) voidAssurance(story);
      break;
    case 'ClaimVerified':
      for (const item of objectsAt(data, 'years'))
        story.verified.set(wholeAt(item, 'year'), wholeAt(item, 'verifiedPence'));
      story.assured = 'verified';
      story.rejected = false;
      break;
    case 'EstimateChecked':
      story.assured = 'estimate';
      story.rejected = false;
      break;
    case 'ClaimRejected':
      voidAssurance(story);
      story.rejected = true;
      break;
    case 'ClaimReopened':
      voidAssurance(story);
      story.rejected = false;
      break;
    case 'OverlapResolved':
      story.overlaps.set(textAt(data, 'other'), {
        counts: data['countsHere'] === true,
        elsewhere: objectsAt(data, 'elsewhere'),
      });
      break;
    case 'ClaimSubmitted':
    case 'ClaimReviewStarted':
    case 'ClaimQueried':
      story.assured = null;
      story.rejected = false;
      break;
    default:
  }
}

/** A claim whose content was put anew: an assurance was of the former content. */
export function tellRevised(story: ClaimStory): void {
  if (story.assured !== null) voidAssurance(story);
}

/** One amount that a claim comes to. */
export interface ClaimAmount {
  readonly kind:
    | 'gain'
    | 'gain-cost'
    | 'gain-estimate'
    | 'gain-lapsed'
    | 'gain-elsewhere'
    | 'gain-verified'
    | 'gain-of-others'
    | 'gain-cost-of-others'
    | 'gain-estimate-of-others'
    | 'gain-verified-of-others';
  readonly fromYear: number;
  readonly toYear: number;
  readonly realisation: string;
  readonly basis: string;
  readonly pence: number;
}

/** Takes off gains, year by year, what counts in other claims: of the first gain of the year, then of the next. */
class Elsewhere {
  readonly #left = new Map<number, number>();
  readonly #nothingHere: boolean;

  constructor({ overlaps }: ClaimStory) {
    this.#nothingHere = [...overlaps.values()].some(({ counts }) => !counts);
    for (const { elsewhere } of overlaps.values())
      for (const item of elsewhere) {
        const year = wholeAt(item, 'year');
        this.#left.set(year, (this.#left.get(year) ?? 0) + wholeAt(item, 'pence'));
      }
  }

  take(from: number, to: number, gross: number): number {
    if (this.#nothingHere) return gross;
    if (from !== to) return 0;
    const taken = Math.min(gross, this.#left.get(from) ?? 0);
    this.#left.set(from, (this.#left.get(from) ?? 0) - taken);
    return taken;
  }
}

function gains(
  head: Omit<ClaimAmount, 'kind' | 'pence'>,
  said: JsonObject,
  share: number | null,
  elsewhere: Elsewhere,
): ClaimAmount[] {
  const whole = wholeAt(said, 'grossPence');
  const taken = elsewhere.take(head.fromYear, head.toYear, whole);
  const gross = whole - taken;
  const amounts: ClaimAmount[] = [];
  if (taken > 0) amounts.push({ ...head, kind: 'gain-elsewhere', pence: taken });
  if (taken > 0 && gross === 0) return amounts;
  amounts.push({ ...head, kind: 'gain', pence: gross });
  const cost = wholeOrNull(said, 'costPence');
  if (cost !== null)
    amounts.push(
      { ...head, kind: 'gain-cost', pence: cost },
      ...ofOthers('gain-cost-of-others', head, cost, share),
    );
  amounts.push(...ofOthers('gain-of-others', head, gross, share));
  return amounts;
}

/** What of pence lies beyond the share of the programme; nothing where that is all of them. */
function ofOthers(
  kind: ClaimAmount['kind'],
  head: Omit<ClaimAmount, 'kind' | 'pence'>,
  pence: number,
  share: number | null,
): ClaimAmount[] {
  const own = share === null ? pence : Number((BigInt(pence) * BigInt(share) * 2n + 10_000n) / 20_000n);
  return own < pence ? [{ ...head, kind, pence: pence - own }] : [];
}

/** Everything a claim that stands comes to; nothing where it was rejected. */
export function amountsOfClaim(content: JsonObject, story: ClaimStory): ClaimAmount[] {
  if (story.rejected) return [];
  const stated = textAt(content, 'realisation');
  const estimated = story.realisation === null || stated === 'delivered' ? stated : 'agreed';
  const amounts: ClaimAmount[] = [];
  const delivered = new Set(story.deliveries.keys());
  const elsewhere = new Elsewhere(story);
  for (const item of objectsAt(content, 'amounts')) {
    const [fromYear, toYear] = [wholeAt(item, 'fromYear'), wholeAt(item, 'toYear')];
    const head = { fromYear, toYear, realisation: estimated, basis: textAt(item, 'basis') };
    if (fromYear === toYear && story.deliveries.has(fromYear)) {
      const pence = wholeAt(item, 'grossPence');
      amounts.push(
        { ...head, kind: 'gain-estimate', pence },
        ...ofOthers('gain-estimate-of-others', head, pence, story.share),
      );
    } else if (
      story.lapsedFrom !== null &&
      toYear >= story.lapsedFrom &&
      (stated !== 'delivered' || head.basis === 'forecast')
    )
      amounts.push({ ...head, kind: 'gain-lapsed', pence: wholeAt(item, 'grossPence') });
    else amounts.push(...gains(head, item, story.share, elsewhere));
    if (fromYear === toYear && stated === 'delivered' && head.basis !== 'forecast') delivered.add(fromYear);
  }
  for (const [year, item] of story.deliveries) {
    const head = { fromYear: year, toYear: year, realisation: 'delivered', basis: 'actual' };
    amounts.push(...gains(head, item, story.share, elsewhere));
  }
  for (const [year, pence] of story.verified)
    if (delivered.has(year)) {
      const head = { fromYear: year, toYear: year, realisation: 'delivered', basis: 'actual' };
      amounts.push(
        { ...head, kind: 'gain-verified', pence },
        ...ofOthers('gain-verified-of-others', head, pence, story.share),
      );
    }
  return amounts;
}

export function areaOfClaim(
  content: JsonObject,
  areaOfOffer: (offer: string) => string | null,
): string | null {
  const offer = textOrNull(content, 'offer');
  return textOrNull(content, 'savingsArea') ?? (offer === null ? null : areaOfOffer(offer));
}
