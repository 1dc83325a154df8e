import { PostgresDatabase } from '@ledger/postgres';
import * as statements from './statements';
import { eventsOfStreams, revisionsOfStreams } from './topic-statements';
import { TestStores } from './stores.testing';

describe('in a large read model', () => {
  const stores = new TestStores();
  let database: PostgresDatabase;
  beforeAll(async () => {
    const { schema } = await stores.open();
    database = await PostgresDatabase.open(process.env['POSTGRES_URL'] ?? '', { schema, durable: 'LATER' });
    await database.change('INSERT INTO checkpoint SELECT n, 100000 FROM generate_series(0, 2) n');
    await database.change(
      `INSERT INTO segment SELECT n % 2000, n % 3, n, n + 5, 1, 0, 0, 1, 1, decode(repeat('ab', 400), 'hex')
       FROM generate_series(1, 60000) n`,
    );
    await database.change(
      `INSERT INTO fact SELECT (ARRAY['register', 'catalogue', 'import', 'period'])[1 + n % 4], n, n::text, '{}'
       FROM generate_series(1, 20000) n`,
    );
    await database.change("INSERT INTO person SELECT n, 'person ' || n FROM generate_series(1, 50000) n");
    await database.change(
      "INSERT INTO event SELECT 'activity-' || n, 0, n, '\\x00'::bytea FROM generate_series(1, 50000) n",
    );
    await database.change('ANALYZE');
  });
  afterAll(async () => {
    await database.close();
    await stores.drop();
  });

  test.each([
    ['segments of sheets', statements.segmentsOfSheets, ['{5,6,7,8,900,1900}', 90_000]],
    ['segments of sheets since', statements.segmentsSince, ['{5,6,900}', '{30000,59000,0}', 90_000]],
    ['where a sheet is at a position', statements.segmentsAtPosition, [5, 30_000]],
    ['what changed since', statements.headsAfterPosition, [1, 59_900]],
    ['the last segments of sheets', statements.lastSegmentsOfSheets, ['{5,6,7,8,900,1900}', 1]],
    ['facts since', statements.factsAfter, ['catalogue', 19_000, 5000]],
    ['new keys', statements.keysFrom('person'), [49_990]],
    ['numbers of keys', statements.numbersOfKeys('person'), [['person 7', 'person 49000']]],
    ['revisions of streams', revisionsOfStreams, [['activity-7', 'activity-49000']]],
    ['events of streams', eventsOfStreams, [['activity-7', 'activity-49000']]],
  ] as const)(
    '%s: found by an index, without reading a whole table',
    async (_name, statement, parameters) => {
      const [row] = await database.rows(`EXPLAIN (FORMAT JSON) ${statement}`, [...parameters]);
      const plan = JSON.stringify(row?.[0]);
      const tables = [
        ...plan.matchAll(/"Node Type":"(Seq Scan|Index[^"]*|Bitmap[^"]*)"[^}]*?"Relation Name":"(\w+)"/g),
      ];
      expect(plan).toMatch(/"Node Type":"(Index|Bitmap Index)/);
      // How many partitions there are is found by reading them: they are a handful.
      expect(tables.filter(([, how, table]) => how === 'Seq Scan' && table !== 'checkpoint')).toEqual([]);
    },
  );
});
