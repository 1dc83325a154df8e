import type { Line, LineKind } from '@ledger/domain';
import { gathers, rollUpKey } from '../roll-ups/roll-up';
import { Numbered } from './numbered';
import { mannerKey, sheetKey } from './sheet';

/** What roll-ups need to know of a line: its sheet, role and party. Lines that share them go to one slot. */
export interface Slot extends Pick<Line, 'role' | 'party' | 'amountTo'> {
  readonly number: number;
  /** The event type of an activity, of which a thing may have several; undefined of every other kind. */
  readonly activity: Line['event'] | undefined;
  /** The number of the roll-up of things that they are in, or −1 where they are in none. */
  readonly things: number;
  /** The number of the manner that is this role and party and nothing else. */
  readonly manner: number;
}

/** What of a sheet all lines of one content event share. */
interface Shared extends Pick<Line, 'event' | 'offer' | 'illustrative'> {
  readonly year: number | null;
}

/**
 * The slots of lines that share event type, offer, year and whether they are illustrative: by kind, then by the first
 * year of an amount. What is left is few, so looking at each is quicker than making a key.
 */
export interface Place {
  readonly shared: Shared;
  readonly slots: Map<LineKind, Map<number | null, Slot[]>>;
}

type ByYear = Map<number | null, Place>;
type ByOffer = Map<string | null, ByYear>;

/** Finds slots and manners of lines, numbering them and their sheets where they are new. */
export class Slots {
  readonly #places: Readonly<Record<'real' | 'illustrative', Map<string, ByOffer>>> = {
    real: new Map(),
    illustrative: new Map(),
  };
  readonly #manners = new Numbered();
  /** Manners that are more than role and party, by all of it in one text: cheaper to make than the key. */
  readonly #fullManners = new Map<string, number>();
  readonly #slots: Slot[] = [];
  #fresh: number[] = [];

  constructor(readonly sheets: Numbered) {}

  place({ event, offer, illustrative }: Line, year: number | null): Place {
    const byEvent = this.#places[illustrative ? 'illustrative' : 'real'];
    let byOffer = byEvent.get(event);
    if (byOffer === undefined) byEvent.set(event, (byOffer = new Map<string | null, ByYear>()));
    let byYear = byOffer.get(offer);
    if (byYear === undefined) byOffer.set(offer, (byYear = new Map<number | null, Place>()));
    let place = byYear.get(year);
    if (place === undefined) {
      place = { shared: { event, offer, illustrative, year }, slots: new Map() };
      byYear.set(year, place);
    }
    return place;
  }

  slot(place: Place, line: Line): Slot {
    const { kind, amountFrom, role, party, amountTo } = line;
    let ofKind = place.slots.get(kind);
    if (ofKind === undefined) place.slots.set(kind, (ofKind = new Map<number | null, Slot[]>()));
    let few = ofKind.get(amountFrom);
    if (few === undefined) ofKind.set(amountFrom, (few = []));
    for (const slot of few)
      if (slot.role === role && slot.party === party && slot.amountTo === amountTo) return slot;
    const slot = this.#make(place, line);
    few.push(slot);
    return slot;
  }

  #make({ shared }: Place, line: Line): Slot {
    const { kind, role, party, amountFrom, amountTo } = line;
    const { event, year, illustrative } = shared;
    const manner = this.#manners.number(mannerKey({ ...noManner, role, party }));
    this.#fresh.push(this.sheets.number(sheetKey({ ...shared, kind, amountFrom, amountTo })), manner);
    const things =
      year === null || !gathers('things', kind)
        ? -1
        : this.sheets.number(
            rollUpKey({ family: 'things', kind, year, event, illustrative, role, offer: null, party: null }),
          );
    const activity = kind === 'activity' ? event : undefined;
    const slot = { number: this.#slots.length, role, party, amountTo, activity, things, manner };
    this.#slots.push(slot);
    return slot;
  }

  /** A slot by its number. */
  byNumber(number: number): Slot {
    const slot = this.#slots[number];
    if (slot === undefined) throw new RangeError(`There is no slot ${number}`);
    return slot;
  }

  /** The number of the manner of a line that goes to a slot. */
  manner(slot: Slot, line: Line): number {
    const { subject, savingsArea, gainType, realisation, assurance, amountBasis, qualifier } = line;
    if (
      subject === null &&
      savingsArea === null &&
      gainType === null &&
      realisation === null &&
      assurance === null &&
      amountBasis === null &&
      qualifier === null
    )
      return slot.manner;
    const all = `${slot.manner}\n${subject}\n${savingsArea}\n${gainType}\n${realisation}\n${assurance}\n${amountBasis}\n${qualifier}`;
    let number = this.#fullManners.get(all);
    if (number === undefined) {
      number = this.#manners.number(mannerKey(line));
      this.#fullManners.set(all, number);
    }
    return number;
  }

  /** The slots that are new since the last call, two numbers each (sheet, plain manner), and the keys of new manners. */
  take(): { readonly slots: number[]; readonly manners: string[] } {
    const slots = this.#fresh;
    this.#fresh = [];
    return { slots, manners: this.#manners.take() };
  }
}

const noManner = {
  role: null,
  party: null,
  subject: null,
  savingsArea: null,
  gainType: null,
  realisation: null,
  assurance: null,
  amountBasis: null,
  qualifier: null,
};
