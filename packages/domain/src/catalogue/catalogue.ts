import type { EventData, HierarchyLevel, LedgerEvent } from '@ledger/events';

/** One event of a theme-, programme-, savings-area-, offer- or measure- stream. */
export interface CatalogueFact {
  readonly position: bigint;
  readonly eventId: string;
  /** The slug in the stream's name. */
  readonly id: string;
  readonly event: LedgerEvent;
}

export interface Theme {
  readonly id: string;
  readonly label: string;
}
export interface Programme extends Theme {
  readonly theme: string;
  /** Where it was said that its records are to be approved; null while they need not be. */
  readonly approvalFrom: bigint | null;
}
export interface SavingsArea extends Theme {
  readonly order: number;
}
export interface Offer extends Theme {
  readonly programme: string;
  readonly savingsArea: string | null;
  /** True for every kind of peer challenge. */
  readonly peerChallenge: boolean;
  /** True for support given discreetly: names go only to its programme and auditors (E9). */
  readonly restricted: boolean;
  /** Where its activities are parts of one another: the one level that is counted; null where they are not (A12). */
  readonly countedLevel: HierarchyLevel | null;
  /** The financial years whose records of this offer are declared complete. */
  readonly completeYears: ReadonlySet<number>;
}
export interface Measure extends EventData<'MeasureDeclared'> {
  readonly id: string;
  /** Where the declaration in force stands, for citation. */
  readonly position: bigint;
}

/** The catalogue as recorded by one position: themes ⊃ programmes ⊃ offers, savings areas, measures in force. */
export interface Catalogue {
  readonly themes: ReadonlyMap<string, Theme>;
  readonly programmes: ReadonlyMap<string, Programme>;
  readonly savingsAreas: ReadonlyMap<string, SavingsArea>;
  readonly offers: ReadonlyMap<string, Offer>;
  readonly measures: ReadonlyMap<string, Measure>;
}

function apply(
  catalogue: { -readonly [K in keyof Catalogue]: Map<string, unknown> },
  { id, event, position }: CatalogueFact,
): void {
  const offer = (): Offer | undefined => catalogue.offers.get(id) as Offer | undefined;
  switch (event.type) {
    case 'ThemeDeclared':
      catalogue.themes.set(id, { id, label: event.data.label });
      break;
    case 'ProgrammeDeclared':
      catalogue.programmes.set(id, {
        id,
        label: event.data.label,
        theme: event.data.theme,
        approvalFrom: null,
      });
      break;
    case 'ApprovalAsked': {
      const known = catalogue.programmes.get(id) as Programme | undefined;
      if (known === undefined) break;
      // Said twice, it holds from the first time.
      const approvalFrom = event.data.asked ? (known.approvalFrom ?? position) : null;
      catalogue.programmes.set(id, { ...known, approvalFrom });
      break;
    }
    case 'SavingsAreaDeclared':
      catalogue.savingsAreas.set(id, { id, label: event.data.label, order: event.data.order });
      break;
    case 'OfferDeclared': {
      const {
        label,
        programme,
        savingsArea = null,
        peerChallenge = false,
        restricted = false,
        countedLevel = null,
      } = event.data;
      catalogue.offers.set(id, {
        id,
        label,
        programme,
        savingsArea,
        peerChallenge,
        restricted,
        countedLevel,
        completeYears: new Set(),
      });
      break;
    }
    case 'OfferMoved': {
      const known = offer();
      if (known === undefined) break;
      const { programme, savingsArea = null } = event.data;
      catalogue.offers.set(id, { ...known, programme, savingsArea });
      break;
    }
    case 'OfferRenamed': {
      const known = offer();
      if (known !== undefined) catalogue.offers.set(id, { ...known, label: event.data.label });
      break;
    }
    case 'RecordsDeclaredComplete': {
      const known = offer();
      if (known === undefined) break;
      const completeYears = new Set(known.completeYears);
      if (event.data.complete) completeYears.add(event.data.year);
      else completeYears.delete(event.data.year);
      catalogue.offers.set(id, { ...known, completeYears });
      break;
    }
    case 'MeasureDeclared':
      catalogue.measures.set(id, { ...event.data, id, position });
      break;
    default:
      break;
  }
}

/** The catalogue made of the facts recorded up to and including a position. Facts come in position order. */
export function catalogueAsRecordedBy(facts: Iterable<CatalogueFact>, position: bigint): Catalogue {
  const catalogue = {
    themes: new Map<string, Theme>(),
    programmes: new Map<string, Programme>(),
    savingsAreas: new Map<string, SavingsArea>(),
    offers: new Map<string, Offer>(),
    measures: new Map<string, Measure>(),
  };
  for (const fact of facts) {
    if (fact.position > position) break;
    apply(catalogue, fact);
  }
  return catalogue;
}
