import { financialYearLabel } from '@ledger/calendar';
import { seesEverything, type LedgerQueries } from '@ledger/projections';
import { history, historyYears } from '../histories';
import { ReadStores } from '../running/read-stores';
import { rebuilt } from './projected-history';

/*
 * No total of savings mixes realisation, gain type, or forecast and actual, unless its label names each of them, and
 * "saved" is printed for nothing but delivered, cash-releasing, actual amounts of the year (B5).
 */

const stores = new ReadStores();
afterEach(() => stores.close());

type Split = Awaited<ReturnType<LedgerQueries['savings']>>['split'];

/** Whether a sort of gain may be called saved. */
function isSaved({ realisation, gainType, amountBasis }: Split[number]): boolean {
  return realisation === 'delivered' && gainType === 'cash-releasing efficiency' && amountBasis === 'actual';
}

/** What of the words of a year's tables names less than it adds up; how many sorts of gain were looked at. */
async function checkLabels(queries: LedgerQueries, year: number, position: bigint): Promise<number> {
  const at = { position };
  const { split, total } = await queries.savings({ year, at });
  for (const sort of split) {
    expect([sort.label, sort.label === 'Saved']).toEqual([sort.label, isSaved(sort)]);
    expect(total.label).toContain(sort.label.toLowerCase());
    if (isSaved(sort)) continue;
    expect(sort.label.toLowerCase()).not.toContain('saved');
    for (const word of [sort.realisation, sort.gainType, sort.amountBasis])
      expect(sort.label.toLowerCase()).toContain(word);
  }

  const { columns } = await queries.gainsTable({ year, by: 'area', at });
  const { label } = await queries.bridge({ viewer: seesEverything, from: { year, at }, to: { year, at } });
  for (const words of [...Object.values(columns), label]) expect(words.toLowerCase()).not.toContain('saved');
  const counted = split.filter(({ pence }) => pence !== 0);
  for (const { realisation, gainType } of counted) {
    expect(label).toContain(gainType);
    expect(label).toContain(realisation);
  }
  const delivered = counted.filter(
    ({ realisation, amountBasis }) => realisation === 'delivered' && amountBasis !== 'forecast',
  );
  const basisOf = ({ amountBasis }: Split[number]): string =>
    amountBasis === 'not stated' ? 'forecast or actual not stated' : amountBasis;
  for (const sort of delivered)
    for (const words of [sort.gainType, basisOf(sort)]) {
      expect(columns.delivered).toContain(words);
      expect(columns.deliveredToDate).toContain(words);
    }
  for (const sort of counted.filter((one) => !delivered.includes(one)))
    for (const words of [sort.gainType, sort.realisation, basisOf(sort)]) {
      expect(columns.estimate).toContain(words);
      expect(columns.lifetimeEstimate).toContain(words);
    }

  const { figures } = await queries.citedFigures({
    question: { ask: 'savings', parameters: { year: financialYearLabel(year) } },
    at,
  });
  for (const { label: printed, parameters } of figures) {
    // Of one sort of gain the label is that sort's own, looked at above.
    if (parameters['gainType'] !== undefined || parameters['notApportioned'] !== undefined) continue;
    for (const sort of split) expect(printed.toLowerCase()).toContain(sort.label.toLowerCase());
  }
  return split.length;
}

test('every total of savings names each sort of gain that it mixes, and nothing else is called saved', async () => {
  let sorts = 0;
  for (let seed = 201; seed <= 204; seed++) {
    const made = history({ seed, events: 600 });
    const queries = await rebuilt(made, await stores.open());
    for (const part of [0.4, 1])
      for (const year of historyYears)
        sorts += await checkLabels(queries, year, BigInt(Math.round(made.events.length * part)));
  }
  expect(sorts).toBeGreaterThan(20);
}, 300_000);
