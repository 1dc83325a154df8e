import { evolveThing, isThingKind, newThing, type Thing } from '@ledger/domain';
import { eventDefinitions, isEventType, parseStream, readContent, type LedgerEvent } from '@ledger/events';
import * as fc from 'fast-check';
import { deliveries, history, historyArbitrary, ndjson, partitionOf, partitions, type HistoryEvent } from '.';

const seeds = Array.from({ length: 25 }, (_, seed) => seed);
const histories = seeds.map((seed) => history({ seed, events: 600 }).events);
const many = histories.flat();

function read({ type, schemaVersion, data, position }: HistoryEvent): LedgerEvent {
  return readContent(type, schemaVersion, data, BigInt(position));
}

function dataOf({ data }: HistoryEvent): Record<string, unknown> {
  return { ...(typeof data === 'object' ? data : {}) };
}

/** Folds every stream of a thing, as the projections do. */
function fold(events: readonly HistoryEvent[]): Map<string, Thing> {
  const things = new Map<string, Thing>();
  for (const recorded of events) {
    const parsed = parseStream(recorded.stream);
    if (parsed === undefined || !isThingKind(parsed.kind)) continue;
    const before = things.get(recorded.stream) ?? newThing(parsed.kind, parsed.id);
    things.set(
      recorded.stream,
      evolveThing(before, {
        eventId: recorded.id,
        position: BigInt(recorded.position),
        revision: BigInt(recorded.revision),
        illustrative: recorded.illustrative === true,
        actor: recorded.actor,
        event: read(recorded),
      }),
    );
  }
  return things;
}

describe('A history', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(ndjson(history({ seed: 7, events: 500 }))).toEqual(ndjson(history({ seed: 7, events: 500 })));
    expect(ndjson(history({ seed: 7, events: 500 }))).not.toEqual(ndjson(history({ seed: 8, events: 500 })));
  });

  test('is the beginning of every longer history of its seed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 300 }), (seed, events) => {
        expect(history({ seed, events }).events).toEqual(
          history({ seed, events: 300 }).events.slice(0, events),
        );
      }),
      { numRuns: 20 },
    );
  });

  test('holds only events that can be read and that belong in their streams', () => {
    for (const event of many) {
      expect(() => read(event)).not.toThrow();
      const kind = parseStream(event.stream)?.kind;
      expect(isEventType(event.type) && eventDefinitions[event.type].streams).toContain(kind);
    }
  });

  test('corrects with content that can be read', () => {
    for (const { type, data } of many) {
      if (!type.endsWith('Corrected')) continue;
      const {
        type: of,
        schemaVersion,
        content,
      } = { type: '', schemaVersion: 0, content: {}, ...(data as object) };
      expect(() => readContent(of, schemaVersion, content, null)).not.toThrow();
    }
  });

  test('never breaks the fold of a stream', () => {
    for (const events of histories) expect(() => fold(events)).not.toThrow();
  });

  test('counts positions, revisions and time as a log does', () => {
    for (const events of histories) {
      const revisions = new Map<string, number>();
      const expected = events.map(({ stream }, at) => {
        const revision = revisions.get(stream) ?? 0;
        revisions.set(stream, revision + 1);
        return [String(at + 1), String(revision)];
      });
      expect(events.map(({ position, revision }) => [position, revision])).toEqual(expected);
      const times = events.map(({ recordedAt }) => recordedAt);
      expect(times).toEqual([...times].sort());
    }
  });

  test('never gives two events one id', () => {
    for (const events of histories) {
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    }
  });

  test('has, over a few seeds, every type of event but those of imports, of closing, of approving, of publishing and of keeping the ledger', () => {
    const expected = Object.values(eventDefinitions)
      .map(({ type }) => type)
      .filter(
        (type) =>
          !/^(Import|SubjectErased|BackupRestored|SealingKeyChanged|Period|Adjustment|MappingSaved|ApprovalAsked|RecordApproved|FigurePublished)/.test(
            type,
          ),
      );
    expect([...new Set(many.map(({ type }) => type))].sort()).toEqual([...expected].sort());
  });

  test.each<[string, (event: HistoryEvent) => boolean]>([
    [
      'content of an old version inside a correction',
      (event) =>
        event.type === 'ActivityCorrected' &&
        dataOf(event)['schemaVersion'] === 1 &&
        JSON.stringify(event.data).includes('"days"'),
    ],
    ['a correction of the register', (event) => event.type === 'BodyFactCorrected'],
    [
      'a withdrawal of the whole record',
      (event) => event.type === 'ActivityWithdrawn' && !('withdraws' in dataOf(event)),
    ],
    [
      'a withdrawal of one content event',
      (event) => event.type === 'ActivityWithdrawn' && 'withdraws' in dataOf(event),
    ],
    [
      'a span across 31 March',
      (event) => /"from":"\d{4}-03-\d\d","to":"\d{4}-04/.test(JSON.stringify(event.data)),
    ],
    [
      'an amount over several years',
      (event) => /"fromYear":(\d+),"toYear":(?!\1)/.test(JSON.stringify(event.data)),
    ],
    ['shares of bodies', (event) => JSON.stringify(event.data).includes('sharePence')],
    ['an invented record marked so', (event) => event.illustrative === true],
  ])('has %s', (_name, is) => {
    expect(many.some(is)).toBe(true);
  });

  test('repeats places of the same person on the same course in several records', () => {
    const places = many.filter(({ type }) => type === 'PlaceBooked').map(({ data }) => JSON.stringify(data));
    expect(new Set(places).size).toBeLessThan(places.length);
  });

  test('never ends a membership before it began, whatever is corrected', () => {
    const tooShort = histories
      .flatMap((events) => [...fold(events).values()])
      .filter(({ contents: [started, ...others] }) =>
        others.some(
          ({ event }) =>
            started?.event.type === 'MembershipStarted' &&
            event.type === 'MembershipEnded' &&
            event.data.on <= started.event.data.from,
        ),
      );
    expect(tooShort).toEqual([]);
  });

  test('shrinks to the shortest beginning that still fails', () => {
    const found = fc.check(
      fc.property(historyArbitrary({ events: 500 }), ({ events }) => events.length < 123),
      { seed: 1, numRuns: 1 },
    );
    expect(found.counterexample?.[0].events).toHaveLength(123);
  });
});

describe('Delivery over partitions', () => {
  const { events } = history({ seed: 3, events: 500 });

  test('keeps a stream in one partition and every event in some', () => {
    const parts = partitions(events, 4);
    expect(parts.flat()).toHaveLength(events.length);
    parts.forEach((part, at) => part.forEach(({ stream }) => expect(partitionOf(stream, 4)).toBe(at)));
  });

  test('brings each event once or twice, first times in the order of positions', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 6 }), (seed, count) => {
        const times = new Map<string, number>();
        const newest = new Map<number, number>();
        for (const { partition, event } of deliveries(events, { partitions: count, seed })) {
          const before = times.get(event.id) ?? 0;
          times.set(event.id, before + 1);
          if (before > 0) continue;
          expect(Number(event.position)).toBeGreaterThan(newest.get(partition) ?? 0);
          newest.set(partition, Number(event.position));
        }
        expect(times.size).toBe(events.length);
        expect(Math.max(...times.values())).toBeLessThanOrEqual(2);
      }),
      { numRuns: 20 },
    );
  });

  test('repeats some events and lets partitions run ahead of one another', () => {
    const delivered = [...deliveries(events, { partitions: 3, seed: 5 })];
    expect(delivered.length).toBeGreaterThan(events.length);
    expect(
      delivered.some(
        ({ event }, at) => Number(event.position) < Number(delivered[at - 1]?.event.position ?? 0),
      ),
    ).toBe(true);
    expect([...deliveries(events, { partitions: 3, seed: 5 })]).toEqual(delivered);
  });
});
