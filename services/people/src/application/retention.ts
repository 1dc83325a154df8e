import { londonDateOf } from '@ledger/calendar';
import type { AccountStore, AuditFile } from '@ledger/access';
import { decodeStoredBody, readEvent, UnreadableEventError, type StoredBody } from '@ledger/events';
import type { EventLog } from '@ledger/event-log';
import type { Person, Vault } from '@ledger/vault';

/** How long each field is kept after the last time anything was recorded of the person, in years (E6). */
export interface RetentionPeriods {
  readonly name: number;
  readonly email: number;
  /** Notes and comments: after they were written. */
  readonly note: number;
}

/** What a ledger keeps to unless its own configuration says otherwise; a data protection officer confirms them. */
export const usualRetention: RetentionPeriods = { name: 6, email: 2, note: 7 };

/** What retention periods ask for now. */
export interface RetentionDue {
  readonly periods: RetentionPeriods;
  readonly names: readonly string[];
  readonly emails: readonly string[];
  readonly notes: readonly string[];
  /** Whom a legal hold keeps although a period has passed. */
  readonly held: readonly string[];
}

export interface RetentionParts {
  readonly log: EventLog;
  readonly vault: Vault;
  readonly accounts: AccountStore | undefined;
  readonly periods: RetentionPeriods;
  readonly now: () => number;
}

function yearsBefore(instant: number, years: number): string {
  const date = new Date(instant);
  date.setUTCFullYear(date.getUTCFullYear() - years);
  return date.toISOString();
}

/** Every id in a text of JSON. */
const anId = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The people whom a text of JSON names, of those who are known. */
function named(data: unknown, known: ReadonlyMap<string, unknown>): string[] {
  return [...JSON.stringify(data).matchAll(anId)].flatMap(([id]) => (known.has(id) ? [id] : []));
}

/**
 * The last London date of anything recorded of each of the people. Whom an adjustment names that nobody has decided on is
 * of today: it may be recorded yet, and whoever decides has to see of whom it is.
 */
async function lastDates(
  log: EventLog,
  people: readonly Person[],
  today: string,
): Promise<ReadonlyMap<string, string>> {
  const last = new Map(people.map(({ id, added }) => [id, londonDateOf(Date.parse(added))]));
  const proposed = new Map<string, string[]>();
  for await (const { bytes, position } of log.readAll()) {
    const body = decodeStoredBody(bytes);
    if (body.type === 'AdjustmentApproved' || body.type === 'AdjustmentDeclined')
      proposed.delete(body.stream);
    for (const id of named(body.data, last)) {
      const occurred = lastDayOf(body, position);
      if (occurred > (last.get(id) ?? '')) last.set(id, occurred);
      if (body.type === 'AdjustmentProposed')
        proposed.set(body.stream, [...(proposed.get(body.stream) ?? []), id]);
    }
  }
  for (const id of [...proposed.values()].flat()) last.set(id, today);
  return last;
}

/** The last day of what an event tells; the day it was recorded where it has none, or cannot be read. */
function lastDayOf(body: StoredBody, position: bigint): string {
  const recorded = londonDateOf(Date.parse(body.recordedAt));
  try {
    const { data } = readEvent(body, position);
    return 'occurred' in data ? data.occurred.to : recorded;
  } catch (error) {
    if (error instanceof UnreadableEventError) return recorded;
    throw error;
  }
}

/** What has passed its retention period. Users who may still sign in keep their names and addresses. */
export async function retentionDue({
  log,
  vault,
  accounts,
  periods,
  now,
}: RetentionParts): Promise<RetentionDue> {
  const people = await vault.people.all();
  const users = (await accounts?.all()) ?? [];
  const activeUsers = new Set(users.flatMap(({ person, active }) => (active ? [person] : [])));
  const instant = now();
  const last = await lastDates(log, people, londonDateOf(instant));
  const passed = (person: Person, years: number): boolean =>
    (last.get(person.id) ?? '') < londonDateOf(Date.parse(yearsBefore(instant, years))) &&
    !activeUsers.has(person.id);
  const names = people.filter((person) => person.name !== null && passed(person, periods.name));
  const emails = people.filter((person) => person.email !== null && passed(person, periods.email));
  const free = (all: readonly Person[]): string[] =>
    all.flatMap(({ id, hold }) => (hold === null ? [id] : []));
  return {
    periods,
    names: free(names),
    emails: free(emails),
    notes: await vault.people.notesWrittenBefore(yearsBefore(instant, periods.note)),
    held: [...new Set([...names, ...emails].flatMap(({ id, hold }) => (hold === null ? [] : [id])))],
  };
}

/** Takes away what has passed its retention period, audited as such, and says what it took. */
export async function keepToRetention(
  parts: RetentionParts & { readonly audit: AuditFile },
  by: string,
): Promise<RetentionDue> {
  const due = await retentionDue(parts);
  const { people } = parts.vault;
  for (const id of due.emails) await people.forget(id, 'email');
  for (const id of due.names) await people.forget(id, 'name');
  for (const id of due.notes) await people.forgetNote(id);
  parts.audit.add({ actor: by, what: 'retention-run', about: [...new Set([...due.names, ...due.emails])] });
  return due;
}
