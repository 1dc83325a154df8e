import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type * as Postgres from '.';
import { isDiskFull, isDuplicate, isUnavailable, PostgresDatabase } from '.';
import { asPostgresError } from './errors';

const options = { schema: 'test', durable: 'LATER' } as const;

test('the driver is loaded when a database is opened, and not before', async () => {
  let loaded = false;
  await jest.isolateModulesAsync(async () => {
    jest.doMock('pg', () => {
      loaded = true;
      throw new Error('loaded');
    });
    const own = jest.requireActual<typeof Postgres>('.');
    expect(loaded).toBe(false);
    await expect(own.PostgresDatabase.open('postgresql://h/d', options)).rejects.toThrow('loaded');
    jest.dontMock('pg');
  });
});

test.each(['mysql://user:secret@host/d', 'postgresql://user:secret@host:port/d'])(
  'an address that is none is refused without being repeated: %s',
  async (address) => {
    const opening = PostgresDatabase.open(address, options);
    await expect(opening).rejects.toMatchObject({ code: 'POSTGRES_ADDRESS' });
    await expect(opening).rejects.not.toThrow('secret');
  },
);

test('a schema whose name needs quoting is refused', async () => {
  const opening = PostgresDatabase.open('postgresql://h/d', { ...options, schema: 'a"; DROP' });
  await expect(opening).rejects.toThrow('no schema name');
});

test('a server that is not there is one to try again later', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const opening = PostgresDatabase.open(`postgresql://user:secret@127.0.0.1:${port}/d`, options);
  await expect(opening).rejects.toMatchObject({ code: 'POSTGRES_UNAVAILABLE' });
  await expect(opening).rejects.not.toThrow('secret');
});

test('an error within the server is one to try again later where it ended the session, and only there', () => {
  const error = (severity: string) => asPostgresError({ message: 'm', severity, code: 'XX000' });
  expect([isUnavailable(error('FATAL')), isUnavailable(error('ERROR'))]).toEqual([true, false]);
});

test.each([
  ['08006', isUnavailable],
  ['57P01', isUnavailable],
  ['57P03', isUnavailable],
  ['53300', isUnavailable],
  ['25P03', isUnavailable],
  ['53100', isDiskFull],
  ['23505', isDuplicate],
])('the state %s of the server is told from others', (code, is) => {
  const error = asPostgresError({ message: 'm', severity: 'ERROR', code });
  expect([isUnavailable, isDiskFull, isDuplicate].filter((one) => one(error))).toEqual([is]);
});

test('what is no error of the driver stays what it is', () => {
  const error = new RangeError('timeout');
  expect(asPostgresError(error)).toBe(error);
});
