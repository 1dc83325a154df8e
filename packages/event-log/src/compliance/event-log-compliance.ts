import fc from 'fast-check';
import { canonicalJson, decodeStoredBody, derivedId } from '@ledger/events';
import type {
  AppendRequest,
  CaughtUp,
  Clock,
  EventLog,
  ExpectedState,
  NewEvent,
  RecordedEvent,
} from '../port';

/** What an adapter gives to enrol: a fresh log, and, where it outlives the process, the same one opened again. */
export interface LogUnderTest {
  readonly log: EventLog;
  readonly reopen?: () => Promise<EventLog>;
  readonly dispose: () => Promise<void>;
}

let serial = 0;
const actor = derivedId('test', 'actor');

/** A new event with data. */
export function event(data: unknown = { n: 1 }, id = derivedId('test-event', String(++serial))): NewEvent {
  return { id, type: 'SomethingHappened', schemaVersion: 1, data };
}

/** A request that writes events to one stream under a command key of its own. */
export function request(
  stream: string,
  expected: ExpectedState = 'any',
  events: readonly NewEvent[] = [event()],
  more: Partial<AppendRequest> = {},
): AppendRequest {
  const key = `key-${++serial}`;
  return {
    writes: [{ stream, expected, events }],
    command: { actor, scope: 'test', key, hash: `hash-${key}` },
    correlationId: actor,
    causationId: actor,
    ...more,
  };
}

async function all(events: AsyncIterable<RecordedEvent>): Promise<RecordedEvent[]> {
  const list: RecordedEvent[] = [];
  for await (const one of events) list.push(one);
  return list;
}

const positions = (events: readonly RecordedEvent[]): bigint[] => events.map(({ position }) => position);
const revisions = (events: readonly RecordedEvent[]): bigint[] => events.map(({ revision }) => revision);
const outcome = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'ok',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  );

/** The behaviour of every event log. An adapter enrols with a factory and nothing else. */
export function eventLogCompliance(name: string, open: (now: Clock) => Promise<LogUnderTest>): void {
  describe(`${name} is an event log`, () => {
    let under: LogUnderTest;
    let log: EventLog;
    let now = Date.parse('2016-04-01T08:00:00Z');
    beforeEach(async () => {
      now = Date.parse('2016-04-01T08:00:00Z');
      under = await open(() => now);
      log = under.log;
    });
    afterEach(async () => under.dispose());

    describe('expected states, enforced inside the write', () => {
      const cases: readonly [ExpectedState, string, string][] = [
        ['any', 'ok', 'ok'],
        ['no-stream', 'ok', 'WRONG_EXPECTED_STATE'],
        ['stream-exists', 'WRONG_EXPECTED_STATE', 'ok'],
        [0n, 'WRONG_EXPECTED_STATE', 'ok'],
        [1n, 'WRONG_EXPECTED_STATE', 'WRONG_EXPECTED_STATE'],
      ];
      test.each(cases)(
        '%p on a missing stream: %s; on one of one event: %s',
        async (expected, missing, existing) => {
          await log.append(request('there'));
          expect(await outcome(log.append(request('missing', expected)))).toBe(missing);
          expect(await outcome(log.append(request('there', expected)))).toBe(existing);
        },
      );

      test('of two who write a new stream at once, exactly one succeeds', async () => {
        for (let round = 0; round < 50; round++) {
          const race = [0, 1].map(() => outcome(log.append(request(`race-${round}`, 'no-stream'))));
          expect((await Promise.all(race)).sort()).toEqual(['WRONG_EXPECTED_STATE', 'ok']);
        }
      });

      test('a refusal says which stream, what was expected and what is there', async () => {
        await log.append(request('there', 'any', [event(), event()]));
        await expect(log.append(request('there', 0n))).rejects.toMatchObject({
          code: 'WRONG_EXPECTED_STATE',
          stream: 'there',
          expected: 0n,
          actual: 1n,
        });
      });
    });

    describe('several streams in one append', () => {
      const two = (second: ExpectedState): AppendRequest =>
        request('first', 'any', [], {
          writes: [
            { stream: 'first', expected: 'any', events: [event()] },
            { stream: 'second', expected: second, events: [event(), event()] },
          ],
        });
      /** Where the engine cannot, it refuses by the name of the limit, and nothing of it is written. */
      const expectRefused = async (): Promise<void> => {
        await expect(log.append(two('no-stream'))).rejects.toThrow('limit multiStream');
        expect((await log.head()).position).toBe(0n);
      };
      test('are written together, in order, or refused by the name of the limit', async () => {
        if (!log.limits.multiStream) return expectRefused();
        const { events } = await log.append(two('no-stream'));
        expect(events.map(({ stream, revision, position }) => [stream, revision, position])).toEqual([
          ['first', 0n, 1n],
          ['second', 0n, 2n],
          ['second', 1n, 3n],
        ]);
      });
      test('or not at all', async () => {
        if (!log.limits.multiStream) return expectRefused();
        expect(await outcome(log.append(two('stream-exists')))).toBe('WRONG_EXPECTED_STATE');
        expect((await log.head()).position).toBe(0n);
        expect(await log.streamRevision('first')).toBeUndefined();
      });
      test('no stream twice, and no write without events', async () => {
        const writes = [
          { stream: 'a', expected: 'any', events: [event()] },
          { stream: 'a', expected: 'any', events: [event()] },
        ] as const;
        expect(await outcome(log.append(request('a', 'any', [], { writes })))).toBe('INVALID_APPEND');
        expect(await outcome(log.append(request('a', 'any', [])))).toBe('INVALID_APPEND');
        expect(await outcome(log.append(request('a', 'any', [], { writes: [] })))).toBe('INVALID_APPEND');
      });
    });

    describe('checks', () => {
      test('hold at the moment of the append and write nothing, or are refused by the name of the limit', async () => {
        const checks = [{ stream: 'period-201617', expected: 'no-stream' as const }];
        if (!log.limits.checks) {
          await expect(log.append(request('a', 'any', [event()], { checks }))).rejects.toThrow(
            'limit checks',
          );
          expect((await log.head()).position).toBe(0n);
          return;
        }
        expect(await outcome(log.append(request('a', 'any', [event()], { checks })))).toBe('ok');
        await log.append(request('period-201617'));
        expect(await outcome(log.append(request('b', 'any', [event()], { checks })))).toBe('CHECK_FAILED');
        expect(await log.streamRevision('b')).toBeUndefined();
        expect((await log.head()).position).toBe(2n);
      });

      test('never let a record in behind the closing of its period, in 1,000 races', async () => {
        if (!log.limits.checks) return;
        for (let round = 0; round < 1000; round++) {
          const period = `period-${round}`;
          const record = (n: number): Promise<string> =>
            outcome(
              log.append(
                request(`activity-${round}-${n}`, 'no-stream', [event()], {
                  checks: [{ stream: period, expected: 'no-stream' }],
                }),
              ),
            );
          const close = (): Promise<unknown> => log.append(request(period, 'no-stream'));
          await Promise.all(
            round % 2 === 0 ? [record(1), close(), record(2)] : [close(), record(1), record(2)],
          );
        }
        const closedAt = new Map<string, bigint>();
        for await (const { stream, position } of log.readAll()) {
          const [kind, round = ''] = stream.split('-');
          if (kind === 'period') closedAt.set(round, position);
          else expect(closedAt.has(round)).toBe(false);
        }
        expect(closedAt.size).toBe(1000);
      });
    });

    describe('commands', () => {
      test('the same again gives the first result', async () => {
        const once = request('a', 'no-stream', [event(), event()]);
        const first = await log.append(once);
        expect(first.replayed).toBe(false);
        expect(await log.append(once)).toEqual({ ...first, replayed: true });
        expect((await log.head()).position).toBe(2n);
      });
      test('also while the first is in flight', async () => {
        const once = request('a', 'no-stream');
        const results = await Promise.all([log.append(once), log.append(once), log.append(once)]);
        expect(results.filter(({ replayed }) => replayed)).toHaveLength(2);
        expect(new Set(results.map(({ position }) => position))).toEqual(new Set([1n]));
      });
      test('also after a restart, where the log outlives one', async () => {
        if (under.reopen === undefined) return;
        const once = request('a', 'no-stream');
        const first = await log.append(once);
        log = await under.reopen();
        expect(await log.append(once)).toEqual({ ...first, replayed: true });
      });
      test('the same key with other content is refused, whoever comes first', async () => {
        const once = request('a');
        const other = { ...request('b'), command: { ...once.command, hash: 'other' } };
        const outcomes = await Promise.all([outcome(log.append(once)), outcome(log.append(other))]);
        expect(outcomes).toEqual(['ok', 'COMMAND_KEY_REUSED']);
        expect((await log.head()).position).toBe(1n);
      });
      test('a key is one actor’s in one scope; others may use the same', async () => {
        const once = request('a');
        const other = derivedId('test', 'other actor');
        await log.append(once);
        expect(
          await outcome(log.append({ ...request('a'), command: { ...once.command, actor: other } })),
        ).toBe('ok');
        expect(
          await outcome(log.append({ ...request('a'), command: { ...once.command, scope: 'else' } })),
        ).toBe('ok');
      });
      test('what a command appended can be found', async () => {
        const once = request('a', 'any', [event(), event()]);
        expect(await log.findCommand(once.command)).toBeUndefined();
        const first = await log.append(once);
        expect(await log.findCommand(once.command)).toEqual({
          hash: once.command.hash,
          result: { ...first, replayed: true },
        });
      });
      test('a refused command may be sent again and then succeed', async () => {
        const once = request('a', 'stream-exists');
        expect(await outcome(log.append(once))).toBe('WRONG_EXPECTED_STATE');
        await log.append(request('a'));
        expect(await outcome(log.append(once))).toBe('ok');
      });
    });

    describe('positions', () => {
      test('count from 1 without gaps, also past refusals, as bigint', async () => {
        for (let n = 0; n < 20; n++) {
          await outcome(log.append(request('s', n % 3 === 0 ? 99n : 'any', [event(), event()])));
          await outcome(log.append(request('s', 'any', [event({ bad: '\0' })])));
        }
        const read = await all(log.readAll());
        expect(read.length).toBe(26);
        read.forEach(({ position, revision }, at) => {
          expect(typeof position).toBe('bigint');
          expect(typeof revision).toBe('bigint');
          expect(position).toBe(BigInt(at + 1));
        });
        expect((await log.head()).position).toBe(26n);
      });
      test('the cursor of an append leads back to its position', async () => {
        const { cursor, position } = await log.append(request('a'));
        expect(await log.positionOfCursor(cursor)).toBe(position);
        await expect(log.positionOfCursor('tomorrow')).rejects.toThrow('is no cursor');
      });
    });

    describe('reading', () => {
      beforeEach(async () => {
        for (let n = 0; n < 12; n++)
          await log.append(request(n % 3 === 0 ? 'third' : 'other', 'any', [event({ n })]));
      });
      test.each([
        [{}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
        [{ from: 10n }, [10, 11, 12]],
        [{ from: 2n, limit: 3 }, [2, 3, 4]],
        [{ from: 13n }, []],
        [{ direction: 'backward', limit: 2 }, [12, 11]],
        [{ direction: 'backward', from: 3n }, [3, 2, 1]],
        [{ limit: 0 }, []],
      ] as const)('all with %p', async (options, expected) => {
        expect(positions(await all(log.readAll(options)))).toEqual(expected.map(BigInt));
      });
      test.each([
        [{}, [0, 1, 2, 3]],
        [{ from: 2n }, [2, 3]],
        [{ from: 1n, limit: 2 }, [1, 2]],
        [{ direction: 'backward', limit: 3 }, [3, 2, 1]],
        [{ direction: 'backward', from: 1n }, [1, 0]],
      ] as const)('a stream with %p', async (options, expected) => {
        expect(revisions(await all(log.readStream('third', options)))).toEqual(expected.map(BigInt));
      });
      test('a stream that does not exist is empty', async () => {
        expect(await all(log.readStream('nothing'))).toEqual([]);
        expect(await log.streamRevision('nothing')).toBeUndefined();
        expect(await log.streamRevision('third')).toBe(3n);
      });
      test('pages follow one another', async () => {
        const page = await log.readPage({ after: 5n, limit: 4 });
        expect(positions(page)).toEqual([6n, 7n, 8n, 9n]);
        expect(await log.readPage({ after: 12n, limit: 4 })).toEqual([]);
      });
    });

    describe('bytes', () => {
      const awkward = {
        text: 'naïve 🦊 \u2028 "quoted" \\ \u001f',
        list: [1e-7, -0, 0.1],
        empty: {},
        none: null,
      };
      test('come out as they went in: the canonical form of the stored body', async () => {
        await log.append(request('a', 'any', [event(awkward)]));
        const [stored] = await all(log.readAll());
        const bytes = stored?.bytes ?? new Uint8Array();
        const body = decodeStoredBody(bytes);
        expect(Buffer.from(bytes).toString('utf8')).toBe(canonicalJson(body));
        expect(body.data).toEqual({ ...awkward, list: [1e-7, 0, 0.1] });
        expect(body).toMatchObject({
          actor,
          stream: 'a',
          recordedAt: '2016-04-01T08:00:00.000Z',
          schemaVersion: 1,
        });
        if (under.reopen === undefined) return;
        const [again] = await all((await under.reopen()).readAll());
        expect(Buffer.from(again?.bytes ?? []).equals(Buffer.from(bytes))).toBe(true);
      });

      const filled = (bytes: number): NewEvent => {
        const id = derivedId('test-event', `filled ${bytes}`);
        return event({ text: 'x'.repeat(bytes) }, id);
      };
      test('an event of the largest size is taken, one byte more refused, and nothing of it written', async () => {
        const sized = request('large', 'any', [filled(0)]);
        await log.append(sized);
        const [small] = await all(log.readAll());
        const room = log.limits.eventBytes - (small?.bytes.length ?? 0);
        const of = (extra: number): AppendRequest => ({
          ...sized,
          writes: [{ stream: 'large', expected: 'any', events: [filled(room + extra)] }],
          command: {
            ...sized.command,
            // As long as the other's, and never the same.
            key: sized.command.key.replace(/.$/, extra === 0 ? 'a' : 'b'),
            hash: sized.command.hash,
          },
        });
        expect(await outcome(log.append(of(1)))).toBe('EVENT_TOO_LARGE');
        expect((await log.head()).position).toBe(1n);
        expect(await outcome(log.append(of(0)))).toBe('ok');
        const [, largest] = await all(log.readAll());
        expect(largest?.bytes.length).toBe(log.limits.eventBytes);
      });

      test.each([
        ['NUL', { text: 'a\0b' }, 'NOT_CANONICAL'],
        ['half a character', { text: '\ud83e' }, 'NOT_CANONICAL'],
        ['an integer beyond 2^53', { n: 2 ** 53 }, 'NOT_CANONICAL'],
        ['a bigint', { n: 1n }, 'NOT_CANONICAL'],
        ['no number', { n: Number.NaN }, 'NOT_CANONICAL'],
      ])('%s is refused', async (_what, data, code) => {
        expect(await outcome(log.append(request('a', 'any', [event(), event(data)])))).toBe(code);
        expect((await log.head()).position).toBe(0n);
      });

      test('an id that is in the log already is refused, also within one append', async () => {
        const once = event();
        await log.append(request('a', 'any', [once]));
        expect(await outcome(log.append(request('b', 'any', [event(), once])))).toBe('DUPLICATE_EVENT');
        const twice = event();
        expect(await outcome(log.append(request('b', 'any', [twice, twice])))).toBe('DUPLICATE_EVENT');
        expect(await outcome(log.append(request('b', 'any', [event({}, 'not-a-uuid')])))).toBe(
          'INVALID_APPEND',
        );
        expect((await log.head()).position).toBe(1n);
      });
    });

    describe('times', () => {
      test('are never earlier than those before, though the clock goes back', async () => {
        await log.append(request('a'));
        now -= 60_000;
        await log.append(request('a'));
        now += 120_000;
        await log.append(request('a'));
        const times = (await all(log.readAll())).map(({ bytes }) => decodeStoredBody(bytes).recordedAt);
        expect(times).toEqual([
          '2016-04-01T08:00:00.000Z',
          '2016-04-01T08:00:00.000Z',
          '2016-04-01T08:01:00.000Z',
        ]);
      });
      test('lead to the last position recorded before an instant', async () => {
        for (let n = 0; n < 5; n++) {
          await log.append(request('a', 'any', [event(), event()]));
          now += 1000;
        }
        expect(await log.positionAt('2016-04-01T08:00:00.000Z')).toBe(0n);
        expect(await log.positionAt('2016-04-01T08:00:00.001Z')).toBe(2n);
        expect(await log.positionAt('2016-04-01T08:00:02.000Z')).toBe(4n);
        expect(await log.positionAt('2030-01-01T00:00:00.000Z')).toBe(10n);
      });
    });

    describe('subscriptions', () => {
      async function follow(after: bigint, until: bigint): Promise<(bigint | CaughtUp)[]> {
        const stop = new AbortController();
        const seen: (bigint | CaughtUp)[] = [];
        for await (const item of log.subscribe({ after, signal: stop.signal })) {
          seen.push('caughtUp' in item ? item : item.position);
          if (!('caughtUp' in item) && item.position === until) stop.abort();
        }
        return seen;
      }
      test('catch up and go live with no gap and no repeat, while appends go on', async () => {
        for (let n = 0; n < 700; n++) await log.append(request(`s-${n % 7}`));
        const following = [follow(0n, 1000n), follow(350n, 1000n), follow(0n, 1000n)];
        for (let n = 0; n < 300; n += 3)
          await Promise.all([0, 1, 2].map((m) => log.append(request(`s-${m}`))));
        const [whole, later] = await Promise.all(following);
        const seen = whole?.filter((item) => typeof item === 'bigint');
        expect(seen).toEqual(Array.from({ length: 1000 }, (_, at) => BigInt(at + 1)));
        expect(later?.find((item) => typeof item === 'bigint')).toBe(351n);
        expect(whole?.filter((item) => typeof item !== 'bigint').length).toBeLessThanOrEqual(1);
      });
      test('say once when they have caught up, and end when told to', async () => {
        await log.append(request('a'));
        const stop = new AbortController();
        const seen: unknown[] = [];
        for await (const item of log.subscribe({ after: 0n, signal: stop.signal })) {
          seen.push('caughtUp' in item ? item : item.position);
          if ('caughtUp' in item) stop.abort();
        }
        expect(seen).toEqual([1n, { caughtUp: 1n }]);
      });
    });

    test('after it is closed it refuses by name', async () => {
      await log.close();
      expect(await outcome(log.append(request('a')))).toBe('LOG_CLOSED');
    });

    test('behaves as the plainest model of a log', async () => {
      const step = fc.record({
        stream: fc.constantFrom('a', 'b', 'c'),
        expected: fc.constantFrom<ExpectedState>('any', 'no-stream', 'stream-exists', 0n, 1n, 3n),
        events: fc.integer({ min: 1, max: 3 }),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
          const prefix = `model-${++serial}`;
          const model = new Map<string, number>();
          for (const { stream, expected, events } of steps) {
            const last = (model.get(stream) ?? 0) - 1;
            const holds =
              expected === 'any' ||
              (expected === 'no-stream' && last < 0) ||
              (expected === 'stream-exists' && last >= 0) ||
              (typeof expected === 'bigint' && last >= 0 && expected === BigInt(last));
            const appended = outcome(
              log.append(
                request(
                  `${prefix}-${stream}`,
                  expected,
                  Array.from({ length: events }, () => event()),
                ),
              ),
            );
            expect(await appended).toBe(holds ? 'ok' : 'WRONG_EXPECTED_STATE');
            if (holds) model.set(stream, last + 1 + events);
          }
          for (const [stream, length] of model)
            expect(revisions(await all(log.readStream(`${prefix}-${stream}`)))).toEqual(
              Array.from({ length }, (_, at) => BigInt(at)),
            );
        }),
        { numRuns: 30 },
      );
    });
  });
}
