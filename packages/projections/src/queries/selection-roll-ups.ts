import type {
  RollUps,
  Selection,
  Span,
  Spell,
  Subjects,
  SubjectsOfYear,
  ThingsOfYear,
  WantedSpells,
} from '@ledger/domain';
import { dayNumber } from '../lines/day-number';
import type { NumberedRollUp } from '../lines/line-index';
import type { SelectedLines } from '../lines/selected-lines';
import { NumberSet } from '../roll-ups/number-set';
import {
  gathers,
  offerRole,
  supportKinds,
  supportRoles,
  type RollUp,
  type RollUpFamily,
} from '../roll-ups/roll-up';
import type { Asking, Ground } from './asking';
import { bodiesByOfferIn, countThings, subjectsIn, thingsIn } from './line-subjects';
import { offersOf, selectLines } from './select-lines';

type Kind = Selection['kinds'][number];

/** The kinds under which a family keeps those asked about. */
function kindsUnder(family: RollUpFamily, kinds: readonly Kind[]): readonly Kind[] {
  return family === 'offer-bodies' ? ['support'] : kinds;
}

const noSpell: Spell = {
  body: 0,
  person: 0,
  offer: null,
  kind: 'support',
  subject: null,
  from: 0,
  to: 0,
  illustrative: false,
};

/** The roll-ups of one selection, as recorded by the ground's position; its lines where those do not tell. */
export class SelectionRollUps implements RollUps {
  readonly #offers: ReadonlySet<string> | undefined;
  #councils: NumberSet | undefined;

  constructor(
    readonly asking: Asking,
    readonly ground: Ground,
    readonly selection: Selection,
  ) {
    this.#offers = offersOf(selection, ground.catalogue);
  }

  async things(year: number): Promise<ThingsOfYear> {
    if (this.#offers !== undefined || !this.#tells('things')) return thingsIn(await this.#linesOf([year]));
    const { rollUps } = this.asking;
    const found = await this.#find('things', this.selection.kinds, year);
    let quantity = 0;
    let illustrative = false;
    for (const rollUp of found)
      for (const total of await rollUps.totals(rollUp, this.ground.upTo)) {
        quantity += total.quantity;
        illustrative ||= rollUp.rollUp.illustrative && total.subjects > 0;
      }
    return { count: async () => this.#countThings(found), quantity, illustrative };
  }

  /** Things are of one stream and so of one partition: within one roll-up no thing is twice. */
  async #countThings(found: readonly NumberedRollUp[]): Promise<number> {
    const { rollUps } = this.asking;
    const inhabited: NumberedRollUp[] = [];
    let count = 0;
    for (const rollUp of found) {
      let own = 0;
      for (const { subjects } of await rollUps.totals(rollUp, this.ground.upTo)) own += subjects;
      if (own > 0) inhabited.push(rollUp);
      count += own;
    }
    return inhabited.length <= 1 ? count : (await rollUps.union(inhabited, this.ground.upTo)).size;
  }

  async countPersons(year: number): Promise<{ count: number; illustrative: boolean }> {
    if (this.#offers !== undefined || !this.#tells('persons')) {
      const { all, illustrative } = subjectsIn(await this.#linesOf([year]), 'person');
      return { count: all.size, illustrative: illustrative.size > 0 };
    }
    const found = await this.#find('persons', this.selection.kinds, year);
    const illustrative = found.filter(({ rollUp }) => rollUp.illustrative);
    return {
      count: await this.asking.rollUps.distinct(found, this.ground.upTo),
      illustrative: await this.#anyStands(illustrative),
    };
  }

  async persons(year: number, kind: Kind): Promise<SubjectsOfYear> {
    if (this.#offers !== undefined || !this.#tells('persons'))
      return subjectsIn(await this.#linesOf([year], [kind]), 'person');
    return this.#subjects(await this.#find('persons', [kind], year));
  }

  get kinds(): readonly Kind[] {
    return this.selection.kinds;
  }

  async bodies(years: readonly number[], kinds: readonly Kind[] = this.kinds): Promise<SubjectsOfYear> {
    const family = this.#offers === undefined ? 'bodies' : 'offer-bodies';
    if (!this.#tells(family, kinds)) return subjectsIn(await this.#linesOf(years, kinds), 'body');
    const found: NumberedRollUp[] = [];
    for (const year of years) found.push(...(await this.#find(family, kinds, year)));
    return this.#subjects(found);
  }

  async bodiesByOffer(
    years: readonly number[],
  ): Promise<readonly (SubjectsOfYear & { readonly offer: string | null })[]> {
    if (!this.#tells('offer-bodies')) return bodiesByOfferIn(await this.#linesOf(years));
    const byOffer = new Map<string | null, NumberedRollUp[]>();
    for (const year of years)
      for (const rollUp of await this.#find('offer-bodies', this.selection.kinds, year)) {
        const known = byOffer.get(rollUp.rollUp.offer);
        if (known === undefined) byOffer.set(rollUp.rollUp.offer, [rollUp]);
        else known.push(rollUp);
      }
    // All are read at once, before they are put together offer by offer.
    const sets = await this.asking.rollUps.subjects([...byOffer.values()].flat(), this.ground.upTo);
    let read = 0;
    return [...byOffer].map(([offer, found]) => {
      const own = sets.slice(read, read + found.length);
      read += found.length;
      return { offer, ...this.#together(found, own) };
    });
  }

  /** Distinct persons by party, and in all. Undefined where no roll-up tells. */
  async parties(
    year: number,
  ): Promise<{ readonly sizes: ReadonlyMap<string, number>; readonly total: number } | undefined> {
    if (this.#offers !== undefined || !this.#tells('party-persons')) return undefined;
    const { rollUps } = this.asking;
    const byParty = new Map<string, NumberedRollUp[]>();
    for (const rollUp of await this.#find('party-persons', this.selection.kinds, year)) {
      const { party } = rollUp.rollUp;
      if (party !== null) byParty.set(party, [...(byParty.get(party) ?? []), rollUp]);
    }
    const sizes = new Map<string, number>();
    for (const [party, ofParty] of byParty) {
      const size = await rollUps.distinct(ofParty, this.ground.upTo);
      if (size > 0) sizes.set(party, size);
    }
    const all = await this.#find('persons', this.selection.kinds, year);
    return { sizes, total: await rollUps.distinct(all, this.ground.upTo) };
  }

  yearsOf(kind: Kind): readonly number[] {
    const { index } = this.asking.lines;
    this.ground.seen?.add(index.setOfYears(kind));
    return index.yearsOf(kind);
  }

  /**
   * Kept by itself: few events bring such lines, so it mostly stands while the figure that it is a part of changes. A line of no
   * known year has its ends in two of them, and so never surely lies in the span of one.
   */
  async countUnsure(span: Span): Promise<number> {
    const [first, last] = [dayNumber(span.from), dayNumber(span.to)];
    const key = JSON.stringify([this.selection, first, last]);
    return this.asking.unsure.once(key, this.ground, async (seen) => {
      const lines = await selectLines(this.asking, { ...this.ground, seen }, this.selection, {
        years: [null],
        days: { beginsBy: last, endsFrom: first },
      });
      return countThings(lines);
    });
  }

  async eachSpell(
    { kinds = this.kinds, ...narrowed }: WantedSpells,
    tell: (spell: Spell) => void,
  ): Promise<void> {
    const { index } = this.asking.lines;
    const selection = { ...this.selection, kinds: kinds.filter((kind) => this.kinds.includes(kind)) };
    const { parts } = await selectLines(this.asking, this.ground, selection, narrowed);
    // One object for all: what is told is not kept.
    const spell: { -readonly [K in keyof Spell]: Spell[K] } = { ...noSpell };
    for (const { sheet, lines, selected } of parts) {
      spell.offer = sheet.offer;
      spell.kind = sheet.kind;
      spell.illustrative = sheet.illustrative;
      for (const line of selected) {
        spell.body = lines.body[line] ?? 0;
        spell.person = lines.person[line] ?? 0;
        spell.subject = index.manner(lines.manner[line] ?? 0).subject;
        spell.from = lines.fromDay[line] ?? 0;
        spell.to = lines.toDay[line] ?? 0;
        tell(spell);
      }
    }
  }

  day(date: string): number {
    return dayNumber(date);
  }

  ids(bodies: Iterable<number>): ReadonlySet<string> {
    return this.asking.lines.index.bodyIds(bodies);
  }

  /** The lines of years themselves, in columns: where no roll-up is kept that could tell. */
  async #linesOf(years: readonly number[], kinds = this.kinds): Promise<SelectedLines> {
    return selectLines(this.asking, this.ground, { ...this.selection, kinds: [...kinds] }, { years });
  }

  /** Whether roll-ups of the family hold everything the selection asks about. */
  #tells(family: RollUpFamily, kinds = this.kinds): boolean {
    const { events, roles, subjects, councilsOnly = false } = this.selection;
    if (subjects !== undefined || !kinds.every((kind) => gathers(family, kind))) return false;
    if (family !== 'offer-bodies') return !councilsOnly || family === 'bodies';
    // Kinds, events and roles of support are put together there, so all of them must be asked about.
    return (
      events === undefined &&
      supportKinds.every((kind) => kinds.includes(kind)) &&
      roles !== undefined &&
      supportRoles.every((role) => role !== null && roles.includes(role)) &&
      roles.every((role) => offerRole(role) !== undefined)
    );
  }

  async #find(family: RollUpFamily, kinds: readonly Kind[], year: number): Promise<NumberedRollUp[]> {
    const { index } = this.asking.lines;
    await index.refresh(this.ground.upTo);
    const found = this.#fitting(family, kinds, year);
    const { seen } = this.ground;
    if (seen !== undefined) {
      for (const { number } of found) seen.add(number);
      for (const kind of kindsUnder(family, kinds)) seen.add(index.setOfRollUps(family, kind, year));
    }
    return found;
  }

  #fitting(family: RollUpFamily, kinds: readonly Kind[], year: number): NumberedRollUp[] {
    const { events, roles } = this.selection;
    const roleFits = ({ role }: RollUp): boolean =>
      roles === undefined || role === null || roles.some((one) => one === role);
    if (family === 'offer-bodies')
      return this.asking.rollUps.find(
        family,
        kindsUnder(family, kinds),
        year,
        (rollUp) =>
          roleFits(rollUp) &&
          (this.#offers === undefined || (rollUp.offer !== null && this.#offers.has(rollUp.offer))),
      );
    return this.asking.rollUps.find(
      family,
      kinds,
      year,
      (rollUp) =>
        roleFits(rollUp) &&
        (events === undefined || (rollUp.event !== null && events.includes(rollUp.event))),
    );
  }

  async #anyStands(found: readonly NumberedRollUp[]): Promise<boolean> {
    for (const rollUp of found)
      for (const { subjects } of await this.asking.rollUps.totals(rollUp, this.ground.upTo))
        if (subjects > 0) return true;
    return false;
  }

  async #subjects(found: readonly NumberedRollUp[]): Promise<SubjectsOfYear> {
    return this.#together(found, await this.asking.rollUps.subjects(found, this.ground.upTo));
  }

  /** Roll-ups and the subjects of each, put together. */
  #together(found: readonly NumberedRollUp[], sets: readonly NumberSet[]): SubjectsOfYear {
    const illustrative = sets.filter((_, at) => found[at]?.rollUp.illustrative);
    return {
      all: this.#onlyCouncils(NumberSet.union(sets)),
      illustrative: this.#onlyCouncils(NumberSet.union(illustrative)),
    };
  }

  /** Only councils, where only those are asked about. */
  #onlyCouncils(subjects: NumberSet): Subjects {
    if (this.selection.councilsOnly !== true) return subjects;
    this.#councils ??= this.asking.councils(this.ground);
    return subjects.within(this.#councils);
  }
}
