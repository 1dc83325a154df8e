import { ReadModels, rebuildHere, SharedReadModels } from '@ledger/projections';
import { FiledReadModels, supportedYear } from '../running/filed-read-models';
import { ReadStores } from '../running/read-stores';

const stores = new ReadStores();
let ledger: FiledReadModels;
beforeEach(async () => {
  ledger = await new FiledReadModels().begin();
});
afterEach(async () => {
  await ledger.stop();
  await stores.close();
});

async function open(): Promise<{ readonly models: ReadModels; readonly shared: SharedReadModels }> {
  const { log } = ledger;
  const versions = { figures: 1, documents: 1 };
  const shared = new SharedReadModels({ shelf: await stores.shelf(), log, figures: [], versions });
  await expect(shared.applied()).rejects.toMatchObject({ code: 'READ_MODELS_MISSING' });
  const shelf = await stores.shelf();
  const models = await ReadModels.open({ shelf, log, figures: [], rebuilder: rebuildHere(log), versions });
  return { models, shared };
}

const counted = async ({ queries }: Pick<SharedReadModels, 'queries'>): Promise<number | undefined> =>
  (await queries.annualTotals({ year: supportedYear })).rows[0]?.value;

test('given read models that another keeps, questions are answered from them, and from each new version as it takes its place', async () => {
  await ledger.support('one');
  const { models, shared } = await open();
  expect([await counted(shared), await shared.applied()]).toEqual([1, models.applied]);
  await models.whenApplied(await ledger.support('two'));
  expect(await counted(shared)).toBe(2);
  const asked = Array.from({ length: 20 }, () => counted(shared));
  await models.rebuild('figures');
  expect(new Set(await Promise.all(asked))).toEqual(new Set([2]));
  await models.whenApplied(await ledger.support('three'));
  expect(await counted(shared)).toBe(3);
  await models.rebuild('documents');
  await models.rebuild('figures');
  expect([await counted(shared), await shared.applied()]).toEqual([3, models.applied]);
  await shared.close();
  await models.close();
});

test('given an old version that answers until the new one is built, answers say so', async () => {
  await ledger.support('one');
  const { models, shared } = await open();
  const { log } = ledger;
  const newer = new SharedReadModels({
    shelf: await stores.shelf(),
    log,
    figures: [],
    versions: { figures: 2, documents: 1 },
  });
  const question = { year: supportedYear };
  expect((await newer.queries.annualTotals(question)).rebuilding).toBe(true);
  expect((await shared.queries.annualTotals(question)).rebuilding).toBeUndefined();
  await newer.close();
  await shared.close();
  await models.close();
});
