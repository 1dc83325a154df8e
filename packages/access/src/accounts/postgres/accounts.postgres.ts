import { randomUUID } from 'node:crypto';
import { PostgresDatabase } from '@ledger/postgres';
import { PostgresAccountStore, type Account } from '../..';
import { accountCompliance } from '../compliance/account-compliance';

const address = process.env['POSTGRES_URL'] ?? '';
const ann: Account = {
  person: '0f0a5c1e-0001-5000-8000-000000000001',
  grants: [{ role: 'auditor', programmes: 'all' }],
  active: true,
  mustChange: false,
  password: null,
  oidcSubject: null,
};

let schema: string;
beforeEach(() => (schema = `test_${randomUUID().replaceAll('-', '')}`));
afterEach(async () => {
  const database = await PostgresDatabase.open(address, { schema, durable: 'FULL' });
  await database.change(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await database.close();
});
const open = async (now: () => number = Date.now): Promise<PostgresAccountStore> =>
  PostgresAccountStore.open(address, { now, schema });

accountCompliance('PostgreSQL', open);

test('a session that one process begins another knows, and one that another ends has ended for all', async () => {
  const [one, other] = await Promise.all([open(), open()]);
  await one.put(ann);
  const tokens = [await one.beginSession(ann.person), await one.beginSession(ann.person)];
  for (const token of tokens) expect(await other.session(token)).toEqual(ann);
  await other.endSession(tokens[0] ?? '');
  expect(await one.session(tokens[0] ?? '')).toBeUndefined();
  await other.change(ann.person, { grants: [] });
  expect(await one.session(tokens[1] ?? '')).toBeUndefined();
  await one.close();
  await other.close();
});

test('of changes that two processes make at once, none undoes another', async () => {
  const [one, other] = [await open(), await open()];
  await one.put(ann);
  for (let round = 0; round < 20; round++) {
    const [active, password] = [round % 2 === 0, `scrypt$${round}`];
    await Promise.all([one.change(ann.person, { active }), other.change(ann.person, { password })]);
    expect(await one.find(ann.person)).toEqual({ ...ann, active, password });
  }
  await one.close();
  await other.close();
});

test('sessions begun at once in two processes all last, and what has ended is taken away', async () => {
  let now = Date.parse('2020-01-01T09:00:00Z');
  const [one, other] = [await open(() => now), await open(() => now)];
  await one.put(ann);
  const begin = async (): Promise<string[]> =>
    Promise.all(Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? one : other).beginSession(ann.person)));
  await begin();
  now += 24 * 3_600_000;
  for (const token of await begin()) expect(await one.session(token)).toEqual(ann);
  const database = await PostgresDatabase.open(address, { schema, durable: 'FULL' });
  expect(await database.rows('SELECT count(*) FROM session')).toEqual([['20']]);
  await database.close();
  await one.close();
  await other.close();
});

test('a token stands in no row', async () => {
  const accounts = await open();
  await accounts.put(ann);
  const token = await accounts.beginSession(ann.person);
  const database = await PostgresDatabase.open(address, { schema, durable: 'FULL' });
  const rows = await database.rows('SELECT s::text FROM session s');
  expect(rows).toHaveLength(1);
  const bytes = [Buffer.from(token), Buffer.from(token, 'base64url')];
  for (const written of [token, ...bytes.map((one) => one.toString('hex'))])
    expect(String(rows[0]?.[0])).not.toContain(written);
  await database.close();
  await accounts.close();
});
