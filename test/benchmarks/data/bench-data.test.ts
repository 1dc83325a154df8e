import { createHash } from 'node:crypto';
import { Register } from '@ledger/councils';
import { checkContent, isRecordContent, type BodyKnowledge, type OfferKnowledge } from '@ledger/domain';
import { decodeStoredBody, readEvent, type StoredBody } from '@ledger/events';
import { MemoryEventLog } from '@ledger/event-log';
import { createQueries, projections, rebuildHere, seesEverything, type LedgerQueries } from '@ledger/projections';
import { MemoryReadStore } from '@ledger/read-store';
import { benchData } from './bench-data';

const events = 20_000;
const bodies: StoredBody[] = [];
let log: MemoryEventLog;
let store: MemoryReadStore;
let queries: LedgerQueries;

beforeAll(async () => {
  let now = 0;
  log = new MemoryEventLog(() => now);
  for (const { recordedAtMs, count: _, ...append } of benchData({ events, seed: 1 })) {
    now = recordedAtMs;
    await log.append(append);
  }
  for await (const { bytes } of log.readAll()) bodies.push(decodeStoredBody(bytes));
  store = new MemoryReadStore();
  await rebuildHere(log)({ drafts: [{ draft: { store, file: null }, of: projections }], upTo: events });
  queries = createQueries({ store, log, figures: [] });
}, 120_000);

const supportTypes = new Set(['SupportProvided', 'OfficerDeveloped', 'EventHeld', 'GraduatePlaced', 'GrantAwarded']);
const referenceStreams = /^(ledger$|theme-|programme-|savings-area-|offer-|measure-|body-)/;

/** The sort that an event is counted under in the proportions. */
function sortOf({ type, stream }: StoredBody): string {
  if (referenceStreams.test(stream)) return 'register and catalogue';
  if (['PlaceBooked', 'CouncillorTrained', 'CourseCompleted'].includes(type)) return 'attendances';
  if (supportTypes.has(type)) return 'support';
  if (type === 'PeerChallengeDelivered') return 'challenges';
  if (type === 'SavingsRecorded' || type === 'ClaimRevised') return 'claims';
  if (type.endsWith('Corrected')) return 'corrections';
  if (type.endsWith('Withdrawn')) return 'withdrawals';
  return 'observations';
}

function counted<T>(items: Iterable<T>): Record<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(String(item), (counts.get(String(item)) ?? 0) + 1);
  return Object.fromEntries(counts);
}

test('the data set has the events it was asked for, in the proportions of the benchmark', () => {
  expect(counted(bodies.map(sortOf))).toEqual({
    'register and catalogue': 200,
    attendances: 10_200,
    support: 4600,
    challenges: 1000,
    claims: 1800,
    observations: 800,
    corrections: 1200,
    withdrawals: 200,
  });
});

test('places are booked and attended, half of them completed; claims have five events; teams have five', () => {
  const types = counted(bodies.map(({ type }) => type));
  expect([types['PlaceBooked'], types['CouncillorTrained'], types['CourseCompleted']]).toEqual([4080, 4080, 2040]);
  expect([types['SavingsRecorded'], types['ClaimRevised']]).toEqual([360, 1440]);
  const teams = bodies.flatMap((body) => {
    const event = readEvent(body, null);
    return event.type === 'PeerChallengeDelivered' ? [event.data.team ?? []] : [];
  });
  expect(teams).toHaveLength(1000);
  for (const team of teams) expect(new Set(team.map(({ person }) => person)).size).toBe(5);
});

test('the same number and seed give the same data set, another seed another', () => {
  let position = 0;
  for (const { recordedAtMs, writes, command, correlationId } of benchData({ events, seed: 1 }))
    for (const { stream, events: ofStream } of writes)
      for (const { id, type, data } of ofStream) {
        const recordedAt = new Date(recordedAtMs).toISOString();
        const { key, hash, scope, actor } = command;
        const again = { id, type, data, stream, recordedAt, correlationId, actor, command: { key, hash, scope } };
        expect(bodies[position]).toMatchObject(again);
        position += 1;
      }
  expect(position).toBe(events);
  const first = (seed: number): string | undefined =>
    benchData({ events, seed }).next().value?.writes[0]?.events[0]?.id;
  expect(first(1)).toBe(bodies[0]?.id);
  expect(first(2)).not.toBe(bodies[0]?.id);
});

test('it is recorded over more than eleven years, in order, each step after what it tells of', () => {
  const times = bodies.map(({ recordedAt }) => recordedAt);
  expect(times).toEqual([...times].sort());
  expect([times[0]?.slice(0, 7), (times.at(-1) ?? '') > '2026-04']).toEqual(['2015-04', true]);
  const early = bodies.filter((body) => {
    const { occurred } = body.data as { readonly occurred?: { readonly to: string } };
    return occurred !== undefined && occurred.to > body.recordedAt.slice(0, 10);
  });
  expect(early).toEqual([]);
});

test('every event is readable, and every record keeps the rules of recording', async () => {
  const register = await registerOf();
  const known = new Set(bodies.flatMap(({ stream }) => (stream.startsWith('offer-') ? [stream.slice(6)] : [])));
  const challenges = new Set(
    bodies.flatMap((body) => {
      const event = readEvent(body, null);
      return event.type === 'OfferDeclared' && event.data.peerChallenge === true ? [body.stream.slice(6)] : [];
    }),
  );
  const offers: OfferKnowledge = {
    offer: (slug) => (known.has(slug) ? { peerChallenge: challenges.has(slug), countedLevel: null } : undefined),
    savingsArea: () => true,
  };
  const faults = bodies.flatMap((body, at) => {
    const event = readEvent(body, BigInt(at + 1));
    if (!isRecordContent(event.type)) return [];
    const context = { today: body.recordedAt.slice(0, 10), bodies: register, offers };
    return checkContent(event, context).errors;
  });
  expect(faults.slice(0, 3)).toEqual([]);
});

async function registerOf(): Promise<BodyKnowledge> {
  const facts = bodies.flatMap((body, at) =>
    body.stream.startsWith('body-')
      ? [{ position: BigInt(at + 1), eventId: body.id, bodyId: body.stream.slice(5), event: readEvent(body, null) }]
      : [],
  );
  const register = Register.fromFacts(facts);
  return {
    problemDuring: (id, { from, to }) =>
      register.body(id) === undefined
        ? `${id} is not registered`
        : register.exists(id, from) || register.exists(id, to)
          ? null
          : `${id} does not exist from ${from} to ${to}`,
  };
}

test('every event can be folded: nothing is parked', async () => {
  expect(await store.parked(Number.MAX_SAFE_INTEGER)).toEqual([]);
});

test('the questions of the benchmark have answers that are worth asking for', async () => {
  const year = 201_920;
  const { rows } = await queries.annualTotals({ year });
  const total = (measure: string): number => rows.find((row) => row.measure === measure)?.value ?? 0;
  const asked = ['peer-challenges', 'support-activities', 'councillors-trained', 'attendances', 'peer-days'];
  for (const measure of asked) expect(total(measure)).toBeGreaterThan(50);
  expect(total('councillors-trained')).toBeLessThan(total('attendances'));

  const savings = await queries.savings({ year });
  expect(savings.rows.filter(({ pence }) => pence > 0)).toHaveLength(7);
  expect(savings.split.length).toBeGreaterThan(5);
  expect(savings.notApportioned.pence).toBeGreaterThan(0);

  const of = { offer: 'productivity-experts' };
  const shares = await queries.takeUp({ viewer: seesEverything, of, year, by: 'type' });
  const counting = shares.rows.filter(({ numerator, base }) => (numerator ?? 0) > 0 && (numerator ?? 0) < base);
  expect(counting.length).toBeGreaterThan(1);
  const earlier = await queries.annualTotals({ year, at: { date: '2020-06-30' } });
  expect(earlier.rows).not.toEqual(rows);
});

test('with 10,000 bodies there are as many records of the same kinds, spread over all of them', () => {
  const bodyStreams = new Set<string>();
  const named = new Map<string, number>();
  const records = { many: 0, few: 0 };
  for (const { count, writes } of benchData({ events, seed: 1, bodies: 10_000 }))
    for (const { stream, events: ofStream } of writes) {
      if (stream.startsWith('body-')) bodyStreams.add(stream);
      if (referenceStreams.test(stream)) continue;
      records.many += ofStream.length;
      for (const { data } of ofStream)
        for (const [, id = ''] of JSON.stringify(data).matchAll(/"body":"([^"]+)"/g))
          named.set(id, (named.get(id) ?? 0) + 1);
      expect(count).toBeLessThanOrEqual(1000);
    }
  for (const { stream } of bodies) if (!referenceStreams.test(stream)) records.few += 1;
  expect(bodyStreams.size).toBe(10_000);
  expect(records.many).toBe(records.few);
  // Each is drawn as often as any other: of so many draws nearly two in three are there, and none is there very often.
  expect(named.size).toBeGreaterThan(6000);
  for (const id of named.keys()) expect(bodyStreams).toContain(`body-${id}`);
});

// What is measured on it is compared over the years. It is made of the catalogue and the register, and changes with those.
test('a data set that says nothing of its bodies is what it always was', () => {
  const hash = createHash('sha256');
  for (const append of benchData({ events, seed: 1 }))
    hash.update(JSON.stringify(append, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)));
  expect(hash.digest('hex')).toBe('8f6e0d71da152d3bbc1ad474758588290155ebe3499d2fa0ee1b0f0c3902828c');
});
