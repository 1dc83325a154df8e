import { history } from '../histories';
import { ReadStores } from '../running/read-stores';
import { delivered, rebuilt, rollUpFindings } from './projected-history';

/*
 * Roll-ups are caches of lines: for every measure and year, a rule's way by roll-ups gives what its way by lines gives,
 * as recorded by any position and however the events were delivered.
 */

const readStores = new ReadStores();
afterEach(() => readStores.close());

test.each([11, 12, 13, 14])(
  'the roll-ups of history %i give what its lines give',
  async (seed) => {
    const made = history({ seed, events: 700 });
    const stores = [await readStores.open(), await readStores.open()] as const;
    await rebuilt(made, stores[0]);
    await delivered(made, stores[1], 25);
    let compared = 0;
    for (const position of [40, 150, 300, 420, 555, 640, made.events.length])
      for (const store of stores) {
        const found = await rollUpFindings(made, store, position);
        expect(found.findings).toEqual([]);
        compared += found.compared;
      }
    expect(compared).toBeGreaterThan(100);
  },
  300_000,
);
