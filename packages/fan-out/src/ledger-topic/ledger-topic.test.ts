import { derivedId, encodeStoredBody } from '@ledger/events';
import fc from 'fast-check';
import { eventRecord, readLedgerRecord, sourceOf, watermarkRecords, type TopicRecord } from '..';

const source = sourceOf(derivedId('ledger', 'one'));
const stamp = derivedId('command', 'one');

function body(stream: string, label: string): Uint8Array {
  return encodeStoredBody({
    id: derivedId('event', stream, label),
    type: 'ThemeDeclared',
    schemaVersion: 1,
    stream,
    recordedAt: '2016-04-01T08:00:00.000Z',
    actor: stamp,
    command: { scope: 'test', key: stamp, hash: stamp },
    correlationId: stamp,
    causationId: stamp,
    data: { label },
  });
}

const place = fc.bigInt({ min: 0n, max: 10n ** 17n });
const partitions = fc.integer({ min: 1, max: 50 });

test('an event comes out of a record as it went in, and lies where its stream lies', () => {
  fc.assert(
    fc.property(
      place,
      place,
      fc.string(),
      fc.string(),
      partitions,
      (position, revision, cursor, label, partitions) => {
        const stream = `theme-${label.length % 5}`;
        const event = { position, revision, stream, cursor, bytes: body(stream, label) };
        const record = eventRecord(event, { source, partitions });
        const other = eventRecord(
          { ...event, position: 1n, bytes: body(stream, 'other') },
          { source, partitions },
        );
        expect(readLedgerRecord({ ...record, offset: 0n })).toEqual({ event });
        expect(record.partition).toBe(other.partition);
      },
    ),
  );
});

test('a record is a CloudEvent in binary mode: the stored body is its value, everything else a header', () => {
  const bytes = body('theme-leadership', 'Ynys Môn');
  const record = eventRecord(
    { position: 12n, revision: 3n, stream: 'theme-leadership', cursor: '4711', bytes },
    { source, partitions: 4 },
  );
  expect(record.value).toBe(bytes);
  expect(record.key).toBe('theme-leadership');
  expect(record.headers).toEqual({
    ce_specversion: '1.0',
    ce_id: derivedId('event', 'theme-leadership', 'Ynys Môn'),
    ce_source: source,
    ce_type: 'ThemeDeclared',
    ce_subject: 'theme-leadership',
    ce_time: '2016-04-01T08:00:00.000Z',
    'content-type': 'application/json',
    ce_ledgerposition: '12',
    ce_ledgercursor: '4711',
    ce_streamrevision: '3',
  });
});

test('a watermark is in every partition, and comes out as it went in', () => {
  const watermark = { position: 12n, cursor: '4711', event: derivedId('event', 'one') };
  const records = watermarkRecords(watermark, { source, partitions: 3 });
  expect(records.map(({ partition }) => partition)).toEqual([0, 1, 2]);
  for (const record of records) {
    expect(record.key).toBeNull();
    expect(readLedgerRecord({ ...record, offset: 7n })).toEqual({ watermark });
  }
});

const [good] = watermarkRecords({ position: 1n, cursor: '1', event: 'a' }, { source, partitions: 1 });
const event = eventRecord(
  { position: 1n, revision: 0n, stream: 'theme-one', cursor: '1', bytes: body('theme-one', 'One') },
  { source, partitions: 1 },
);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

test.each<[string, Partial<TopicRecord>]>([
  ['nothing in its headers', { ...event, headers: {} }],
  ['no position', { ...event, headers: { ce_type: 'ThemeDeclared', ce_streamrevision: '0' } }],
  ['a position that is no number', { ...event, headers: { ...event.headers, ce_ledgerposition: '-1' } }],
  ['no key', { ...event, key: null }],
  ['a watermark that is no JSON', { ...good, value: bytesOf('{') }],
  ['a watermark that is no object', { ...good, value: bytesOf('"1"') }],
  ['a watermark without a position', { ...good, value: bytesOf('{"cursor":"1","event":"a"}') }],
  [
    'a watermark whose position is a number of JSON',
    { ...good, value: bytesOf('{"position":1,"cursor":"1"}') },
  ],
])('a record with %s is refused, by its place', (_what, changed) => {
  const record = { partition: 2, offset: 9n, key: null, headers: {}, value: bytesOf(''), ...changed };
  expect(() => readLedgerRecord({ ...record, partition: 2, offset: 9n })).toThrow(
    expect.objectContaining({
      code: 'FOREIGN_RECORD',
      message: expect.stringContaining('offset 9 of partition 2'),
    }),
  );
});
