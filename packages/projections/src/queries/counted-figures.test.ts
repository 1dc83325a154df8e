import { Register } from '@ledger/councils';
import { catalogueAsRecordedBy } from '@ledger/domain';
import { MemoryReadStore, type Segment } from '@ledger/read-store';
import { LineIndex } from '../lines/line-index';
import { sheetKey, type Sheet } from '../lines/sheet';
import { rollUpKey, type RollUp } from '../roll-ups/roll-up';
import { CountedFigures } from './counted-figures';

const sheet: Sheet = {
  kind: 'support',
  year: 201617,
  event: 'SupportProvided',
  offer: 'advice',
  amountFrom: null,
  amountTo: null,
  illustrative: false,
};
const rollUp: RollUp = {
  family: 'bodies',
  kind: 'support',
  year: 201617,
  event: 'SupportProvided',
  illustrative: false,
  role: 'recipient',
  offer: null,
  party: null,
};

/** A store with one sheet, and a figure that notes what is looked at for it and counts how often it was counted. */
class Kept {
  readonly store = new MemoryReadStore();
  readonly index = new LineIndex(this.store);
  readonly #figures = new CountedFigures<number>(this.index);
  readonly #register = Register.fromFacts([]);
  readonly #catalogue = catalogueAsRecordedBy([], 0n);
  #position = 0;
  #counted = 0;

  async write(keys: readonly string[], posted: readonly number[] = []): Promise<void> {
    const [from, to] = [this.#position, ++this.#position];
    await this.store.advance({ partition: 0, from, to }, async (step) => {
      await step.intern('sheet', keys);
      await step.putSegments(posted.map((number) => segment(number, to)));
    });
  }

  /** How often the figure has been counted, once it is asked for. */
  async ask(looksAt: (index: LineIndex) => readonly number[]): Promise<number> {
    const ground = { upTo: this.#position, register: this.#register, catalogue: this.#catalogue };
    return this.#figures.once('figure', ground, async (seen) => {
      for (const number of looksAt(this.index)) seen.add(number);
      return ++this.#counted;
    });
  }
}

function segment(number: number, position: number): Segment {
  return {
    partition: 0,
    sheet: number,
    first: position,
    last: position,
    postings: 1,
    linesBefore: 0,
    quantityBefore: 0,
    linesAfter: 1,
    quantityAfter: 1,
    bytes: new Uint8Array(0),
  };
}

const ofSheet = (index: LineIndex): readonly number[] => [1, index.setOfSheets('support', 201617)];

describe('a figure that was counted is kept', () => {
  it('until something is posted in a sheet that it was counted from', async () => {
    const kept = new Kept();
    await kept.write([sheetKey(sheet), sheetKey({ ...sheet, offer: 'training' })], [1, 2]);
    expect(await kept.ask(ofSheet)).toBe(1);
    await kept.write([], [2]);
    expect(await kept.ask(ofSheet)).toBe(1);
    await kept.write([], [1]);
    expect(await kept.ask(ofSheet)).toBe(2);
  });

  it('until a sheet is new that it would be counted from', async () => {
    const kept = new Kept();
    await kept.write([sheetKey(sheet)], [1]);
    expect(await kept.ask(ofSheet)).toBe(1);
    await kept.write([sheetKey({ ...sheet, year: 201718 }), sheetKey({ ...sheet, kind: 'gain' })]);
    expect(await kept.ask(ofSheet)).toBe(1);
    await kept.write([sheetKey({ ...sheet, offer: 'training' })]);
    expect(await kept.ask(ofSheet)).toBe(2);
  });

  it('until a kind has a sheet of another year, where it was counted from all of them', async () => {
    const years = (index: LineIndex): readonly number[] => [index.setOfYears('support')];
    const kept = new Kept();
    await kept.write([sheetKey(sheet)]);
    expect(await kept.ask(years)).toBe(1);
    await kept.write([sheetKey({ ...sheet, offer: 'training' })]);
    expect(await kept.ask(years)).toBe(1);
    await kept.write([sheetKey({ ...sheet, year: 201718 })]);
    expect(await kept.ask(years)).toBe(2);
  });

  it('until a roll-up is new that it would be counted from', async () => {
    const rollUps = (index: LineIndex): readonly number[] => [
      index.setOfRollUps('bodies', 'support', 201617),
    ];
    const kept = new Kept();
    await kept.write([rollUpKey(rollUp)]);
    expect(await kept.ask(rollUps)).toBe(1);
    await kept.write([rollUpKey({ ...rollUp, year: 201718 }), rollUpKey({ ...rollUp, family: 'persons' })]);
    expect(await kept.ask(rollUps)).toBe(1);
    await kept.write([rollUpKey({ ...rollUp, role: 'participant' })]);
    expect(await kept.ask(rollUps)).toBe(2);
  });
});
