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

/** The last London date of anything recorded of each of the people. */
async function lastDates(log: EventLog, people: readonly Person[]): Promise<ReadonlyMap<string, string>> {
  const last = new Map(people.map(({ id, added }) => [id, londonDateOf(Date.parse(added))]));
  for await (const { bytes, position } of log.readAll()) {
    const body = decodeStoredBody(bytes);
    for (const [id] of JSON.stringify(body.data).matchAll(anId)) {
      const known = last.get(id);
      if (known === undefined) continue;
      const occurred = lastDayOf(body, position);
      if (occurred > known) last.set(id, occurred);
    }
  }
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
  const last = await lastDates(log, people);
  const instant = now();
  const passed = (person: Person, years: number): boolean =>
    (last.get(person.id) ?? '') < londonDateOf(Date.parse(yearsBefore(instant, years))) &&
    accounts?.find(person.id)?.active !== true;
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
