import { randomUUID } from 'node:crypto';
import type { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { Connection, loadClient } from '../connection';
import { parseKurrentDbAddress } from '../kurrentdb-address';
import { KurrentDbServer } from './start-kurrentdb-server';

/*
 * The rules of KurrentDB that the adapter stands on, asked of our test server and of a real one alike: where KURRENTDB_URL
 * names one, a rule that we have wrong is found here, and not in a ledger.
 */

const given = process.env['KURRENTDB_URL'];

describe.each(given === undefined ? ['our test server'] : ['our test server', 'the real server'])(
  '%s',
  (which) => {
    let server: KurrentDbServer | undefined;
    let connection: Connection;
    let client: KurrentDBClient;
    let event: (
      data?: string,
      id?: string,
    ) => ReturnType<Awaited<ReturnType<typeof loadClient>>['binaryEvent']>;
    beforeAll(async () => {
      if (which === 'our test server') server = await KurrentDbServer.start();
      connection = new Connection(parseKurrentDbAddress(server?.address ?? given ?? '').connection);
      client = await connection.client();
      const { binaryEvent } = await loadClient();
      event = (data = 'x', id = randomUUID()) => binaryEvent({ id, type: 'Ruled', data: Buffer.from(data) });
    });
    afterAll(async () => {
      await connection.close();
      await server?.dispose();
    });

    const name = (): string => `rules.${randomUUID()}`;
    const typeOf = async (work: Promise<unknown>): Promise<unknown> =>
      work.then(
        () => 'ok',
        (error: unknown) =>
          typeof error === 'object' && error !== null ? Reflect.get(error, 'type') : error,
      );

    test('a repeat at the same exact revision is the first write, also below the head', async () => {
      const stream = name();
      const events = [event(), event()];
      const first = await client.appendToStream(stream, events, { streamState: 'no_stream' });
      await client.appendToStream(stream, [event()], { streamState: 1n });
      const again = await client.appendToStream(stream, events, { streamState: 'no_stream' });
      expect(again.nextExpectedRevision).toBe(first.nextExpectedRevision);
      expect(again.position).toEqual(first.position);
    });

    test('a repeat with other ids, or with more, is a wrong expected version that says where the stream is', async () => {
      const stream = name();
      const [one, two] = [event(), event()];
      await client.appendToStream(stream, [one, two], { streamState: 'no_stream' });
      const refused = client.appendToStream(stream, [event()], { streamState: 'no_stream' });
      await expect(refused).rejects.toMatchObject({ type: 'wrong-expected-version', actualState: 1n });
      expect(
        await typeOf(client.appendToStream(stream, [one, two, event()], { streamState: 'no_stream' })),
      ).toBe('wrong-expected-version');
      expect(await typeOf(client.appendToStream(stream, [event()], { streamState: 5n }))).toBe(
        'wrong-expected-version',
      );
    });

    test('a stream that must exist and does not is a wrong expected version without a revision', async () => {
      await expect(
        client.appendToStream(name(), [event()], { streamState: 'stream_exists' }),
      ).rejects.toMatchObject({ type: 'wrong-expected-version', actualState: 'no_stream' });
    });

    test('more than 1 MiB in one append is refused', async () => {
      const large = 'x'.repeat(400 * 1024);
      const events = [event(large), event(large), event(large)];
      expect(await typeOf(client.appendToStream(name(), events, { streamState: 'no_stream' }))).toBe(
        'maximum-append-size-exceeded',
      );
    });

    test('a stream that was tombstoned is never written again', async () => {
      const stream = name();
      await client.appendToStream(stream, [event()]);
      await client.tombstoneStream(stream);
      expect(await typeOf(client.appendToStream(stream, [event()], { streamState: 'no_stream' }))).toBe(
        'stream-deleted',
      );
    });

    test('one that was deleted softly is begun again, and its revisions go on', async () => {
      const stream = name();
      await client.appendToStream(stream, [event(), event()]);
      await client.deleteStream(stream);
      const { nextExpectedRevision } = await client.appendToStream(stream, [event()], {
        streamState: 'no_stream',
      });
      expect(nextExpectedRevision).toBe(2n);
    });

    test('several streams in one session are written together or not at all', async () => {
      const [one, other] = [name(), name()];
      const write = (state: 'no_stream' | bigint) =>
        client.multiStreamAppend([
          { streamName: one, expectedState: 'no_stream', events: [event()] },
          { streamName: other, expectedState: state, events: [event(), event()] },
        ]);
      await expect(write(3n)).rejects.toMatchObject({ type: 'wrong-expected-version', streamName: other });
      expect((await write('no_stream')).responses).toEqual([
        { streamName: one, revision: 0n },
        { streamName: other, revision: 1n },
      ]);
    });

    test('records keep their order over streams, and checks hold of streams that are not written', async () => {
      const [one, other, checked] = [name(), name(), name()];
      const write = (state: 'no_stream' | 'stream_exists') =>
        client.appendRecords(
          [one, other, one].map((streamName) => ({ streamName, record: event() })),
          [{ type: 'stream_state', streamName: checked, expectedState: state }],
        );
      await expect(write('stream_exists')).rejects.toMatchObject({
        type: 'append-consistency-violation',
        violations: [expect.objectContaining({ streamName: checked, actualState: 'no_stream' })],
      });
      expect((await write('no_stream')).responses).toEqual([
        { streamName: one, revision: 1n },
        { streamName: other, revision: 0n },
      ]);
    });

    test('bytes come back as they were sent, by either sort of append, and say that they are no JSON', async () => {
      const [one, other] = [name(), name()];
      const bytes = '{"not": "json to KurrentDB", "é": "🦊"}';
      await client.appendToStream(one, [event(bytes)]);
      await client.multiStreamAppend([
        { streamName: other, expectedState: 'no_stream', events: [event(bytes)] },
      ]);
      for (const stream of [one, other]) {
        const subscription = client.subscribeToStream(stream);
        for await (const { event: read } of subscription) {
          expect(read?.isJson).toBe(false);
          expect(Buffer.from(read?.data as Uint8Array).toString('utf8')).toBe(bytes);
          break;
        }
        await subscription.unsubscribe();
      }
    });
  },
);
