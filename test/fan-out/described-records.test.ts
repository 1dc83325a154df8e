import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryEventLog } from '@ledger/event-log';
import { eventRecord, watermarkRecords, type NewRecord } from '@ledger/fan-out';
import Ajv2020 from 'ajv/dist/2020';
import { history } from '../histories';
import { appendHistory } from '../running/log-of-history';

const packages = join(__dirname, '..', '..', 'packages');
const target = { source: 'urn:uuid:0d5a6f0e-5f2b-5a34-9f7c-2b1d3c4e5f60', partitions: 3 };

function read(...path: string[]): Record<string, unknown> {
  // Each is a document of JSON whose top is an object.
  return JSON.parse(readFileSync(join(packages, ...path), 'utf8')) as Record<string, unknown>;
}

/** Checks parts of messages as the document describes them. */
function checker(): (type: string, part: 'headers' | 'payload', value: unknown) => readonly string[] {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, validateSchema: false, allErrors: true });
  ajv.addSchema(read('fan-out', 'asyncapi.json'), 'file:///fan-out/asyncapi.json');
  for (const name of readdirSync(join(packages, 'events', 'schemas')))
    ajv.addSchema(read('events', 'schemas', name), `file:///events/schemas/${name}`);
  return (type, part, value) => {
    const $ref = `file:///fan-out/asyncapi.json#/components/messages/${type}/${part}/schema`;
    const check = ajv.getSchema($ref) ?? ajv.compile({ $ref });
    return check(value) === true ? [] : [`${type} ${part}: ${ajv.errorsText(check.errors)}`];
  };
}

const valueOf = ({ value }: NewRecord): unknown => JSON.parse(new TextDecoder().decode(value));
const check = checker();

function faultsOf(record: NewRecord): readonly string[] {
  const type = record.headers['ce_type'] ?? '';
  return [...check(type, 'headers', record.headers), ...check(type, 'payload', valueOf(record))];
}

test('every record that is published of a made-up ledger is as the AsyncAPI document describes it', async () => {
  const log = new MemoryEventLog(() => Date.parse('2017-05-01T09:00:00Z'));
  const { events } = history({ seed: 11, events: 2000 });
  await appendHistory(log, events);
  const recorded = await log.readPage({ after: 0n, limit: 5000 });
  const records = recorded.map((event) => eventRecord({ ...event, cursor: String(event.position) }, target));
  expect(records.flatMap(faultsOf)).toEqual([]);
  expect(new Set(records.map(({ headers }) => headers['ce_type'])).size).toBeGreaterThan(20);
});

test('a watermark is as the document describes it', () => {
  const records = watermarkRecords({ position: 12n, cursor: '4711', event: 'an-id' }, target);
  expect(records.flatMap(faultsOf)).toEqual([]);
});

test('a record that says something else than its type allows is not', async () => {
  const log = new MemoryEventLog(() => Date.parse('2017-05-01T09:00:00Z'));
  await appendHistory(log, history({ seed: 11, events: 1 }).events);
  const [first] = await log.readPage({ after: 0n, limit: 1 });
  if (first === undefined) throw new RangeError('The history is empty');
  const record = eventRecord({ ...first, cursor: '1' }, target);
  const changed = (data: unknown): NewRecord => ({
    ...record,
    value: new TextEncoder().encode(JSON.stringify({ ...Object(valueOf(record)), data })),
  });
  expect(faultsOf(record)).toEqual([]);
  expect(faultsOf(changed({ purpose: 'neither' }))).not.toEqual([]);
  expect(faultsOf({ ...record, headers: { ...record.headers, ce_ledgerposition: 'first' } })).not.toEqual([]);
});
