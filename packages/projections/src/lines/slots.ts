import type { Line } from '@ledger/domain';
import { gathers, rollUpKey } from '../roll-ups/roll-up';
import { Numbered } from './numbered';
import { mannerKey, sheetKey } from './sheet';

/** Where lines of one sheet and one manner go. */
export interface Slot {
  readonly number: number;
  /** The first line that went there: it says what all of them say. */
  readonly line: Line;
  /** The event type of an activity, of which a thing may have several; undefined of every other kind. */
  readonly activity: Line['event'] | undefined;
  /** The number of the roll-up of things that they are in, or −1 where they are in none. */
  readonly things: number;
}

/** What of a sheet all lines of one content event share. */
interface Shared extends Pick<Line, 'event' | 'offer' | 'illustrative'> {
  readonly year: number | null;
}

/**
 * The slots of lines that share event type, offer, year and whether they are illustrative. They are few, so looking at
 * each is quicker than making a key.
 */
export interface Place {
  readonly shared: Shared;
  readonly slots: Slot[];
}

type ByYear = Map<number | null, Place>;
type ByOffer = Map<string | null, ByYear>;

/** Finds the slot of a line, numbering it, its sheet and its manner where they are new. */
export class Slots {
  readonly #places: Readonly<Record<'real' | 'illustrative', Map<string, ByOffer>>> = {
    real: new Map(),
    illustrative: new Map(),
  };
  readonly #manners = new Numbered();
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
      place = { shared: { event, offer, illustrative, year }, slots: [] };
      byYear.set(year, place);
    }
    return place;
  }

  slot(place: Place, line: Line): Slot {
    for (const slot of place.slots) if (goTogether(slot.line, line)) return slot;
    const slot = this.#make(place, line);
    place.slots.push(slot);
    return slot;
  }

  #make({ shared }: Place, line: Line): Slot {
    const { kind, role, amountFrom, amountTo } = line;
    const { event, year, illustrative } = shared;
    this.#fresh.push(
      this.sheets.number(sheetKey({ ...shared, kind, amountFrom, amountTo })),
      this.#manners.number(mannerKey(line)),
    );
    const things =
      year === null || !gathers('things', kind)
        ? -1
        : this.sheets.number(
            rollUpKey({ family: 'things', kind, year, event, illustrative, role, offer: null, party: null }),
          );
    const activity = kind === 'activity' ? event : undefined;
    const slot = { number: this.#slots.length, line, activity, things };
    this.#slots.push(slot);
    return slot;
  }

  /** A slot by its number. */
  byNumber(number: number): Slot {
    const slot = this.#slots[number];
    if (slot === undefined) throw new RangeError(`There is no slot ${number}`);
    return slot;
  }

  /** The slots that are new since the last call, and the keys of their manners. */
  take(): { readonly slots: number[]; readonly manners: string[] } {
    const slots = this.#fresh;
    this.#fresh = [];
    return { slots, manners: this.#manners.take() };
  }
}

/** Whether two lines of one place go to one slot. */
function goTogether(one: Line, other: Line): boolean {
  return (
    one.kind === other.kind &&
    one.role === other.role &&
    one.party === other.party &&
    one.amountFrom === other.amountFrom &&
    one.amountTo === other.amountTo &&
    one.realisation === other.realisation &&
    one.assurance === other.assurance &&
    one.gainType === other.gainType &&
    one.amountBasis === other.amountBasis &&
    one.qualifier === other.qualifier &&
    one.savingsArea === other.savingsArea &&
    one.subject === other.subject
  );
}
