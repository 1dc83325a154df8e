import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditFile } from '@ledger/access';
import { derivedId } from '@ledger/events';
import { MemoryEventLog } from '@ledger/event-log';
import { MemoryVault } from '@ledger/vault';
import { keepToRetention, retentionDue } from './retention';

const operator = derivedId('operator');
const periods = { name: 6, email: 2, note: 7 };
const year = (number: number): number => Date.parse(`${number}-06-01T09:00:00Z`);

let now: number;
let folder: string;
let parts: Parameters<typeof keepToRetention>[0];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'retention-'));
  now = year(2016);
  const clock = (): number => now;
  parts = {
    log: new MemoryEventLog(clock),
    vault: new MemoryVault(Buffer.from('secret'), clock),
    accounts: undefined,
    audit: new AuditFile(join(folder, 'audit.jsonl'), clock),
    periods,
    now: clock,
  };
});

afterEach(() => rmSync(folder, { recursive: true }));

async function attended(person: string, day: string): Promise<void> {
  const id = derivedId('attended', person, day);
  const data = {
    offer: 'o',
    occurred: { from: day, to: day, basis: 'stated' },
    person,
    body: derivedId('body'),
    course: 'c',
    party: 'not stated',
  };
  await recorded(`activity-${id}`, 'CouncillorTrained', data);
}

async function recorded(stream: string, type: string, data: object): Promise<void> {
  const id = derivedId('recorded', stream, type);
  await parts.log.append({
    writes: [{ stream, expected: 'any', events: [{ id, type, schemaVersion: 1, data }] }],
    command: { actor: id, scope: 'test', key: id, hash: id },
    correlationId: id,
    causationId: id,
  });
}

async function person(name: string): Promise<string> {
  return parts.vault.people.add({ commandKey: name, name, email: `${name.replaceAll(' ', '')}@example.org` });
}

test('each field goes when its own period has passed since the last record, and not before', async () => {
  const [old, recent] = [await person('Old Person'), await person('Recent Person')];
  await attended(old, '2016-05-30');
  await attended(recent, '2019-05-30');
  now = year(2019);
  expect(await retentionDue(parts)).toMatchObject({ names: [], emails: [old] });
  await keepToRetention(parts, operator);
  expect(await parts.vault.people.read(old)).toMatchObject({ name: 'Old Person', email: null });
  expect(await parts.vault.people.read(recent)).toMatchObject({ email: 'RecentPerson@example.org' });
  now = year(2023);
  expect(await keepToRetention(parts, operator)).toMatchObject({ names: [old], emails: [recent] });
  expect(await parts.vault.people.read(old)).toMatchObject({ name: null });
  expect(await parts.audit.newest(1)).toMatchObject([
    { actor: operator, what: 'retention-run', about: [old, recent] },
  ]);
  expect(await keepToRetention(parts, operator)).toMatchObject({ names: [], emails: [], notes: [] });
});

test('notes go seven years after they were written', async () => {
  const reference = await parts.vault.putNote({ commandKey: 'n', text: 'A note' });
  now = year(2023) - 86_400_000;
  expect((await keepToRetention(parts, operator)).notes).toEqual([]);
  now = year(2023) + 86_400_000;
  expect((await keepToRetention(parts, operator)).notes).toEqual([reference.vault]);
  expect(await parts.vault.readNote(reference)).toBeUndefined();
});

test('a legal hold keeps everything of a person, and is said', async () => {
  const held = await person('Held Person');
  await parts.vault.people.hold(held, 'a court asks');
  now = year(2030);
  expect(await keepToRetention(parts, operator)).toMatchObject({ names: [], emails: [], held: [held] });
  expect(await parts.vault.people.read(held)).toMatchObject({ name: 'Held Person' });
});

test('whom an adjustment names that waits for a decision stays until it is decided on, and then goes', async () => {
  const one = await person('Proposed Person');
  const stream = `adjustment-${derivedId('adjustment')}`;
  const withheld = {
    id: derivedId('withheld'),
    type: 'CouncillorTrained',
    schemaVersion: 1,
    data: { person: one },
  };
  const writes = [{ stream: `activity-${derivedId('withheld')}`, events: [withheld] }];
  await recorded(stream, 'AdjustmentProposed', { part: 1, parts: 1, writes, reason: 'other' });
  now = year(2024);
  expect(await retentionDue(parts)).toMatchObject({ names: [], emails: [] });
  await recorded(stream, 'AdjustmentDeclined', {});
  expect(await retentionDue(parts)).toMatchObject({ names: [one], emails: [one] });
});
