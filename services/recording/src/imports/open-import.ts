import { parseStream, type EventData } from '@ledger/events';
import type { AnsweredCell } from './answered-sheets';
import { refused } from '../application/faults';
import {
  byStream,
  eventsOfImport,
  importState,
  type ImportedEvent,
  type ImportState,
} from '../application/imported-events';
import type { Recording } from '../application/recording';
import { knownImports, type KnownImport } from './known-imports';

/** A record that an import wrote. */
interface ImportedRecord {
  readonly kind: string;
  readonly id: string;
  /** The row it came from; rows count on through the sheets of a file. */
  readonly row: number;
  readonly events: readonly string[];
  /** Whether anything was written to the record after the import. */
  readonly changedSince: boolean;
}

/** What was answered about a file when it was loaded, as far as it was not erased with people it names. */
interface KeptAnswers {
  readonly cells: readonly AnsweredCell[];
  readonly erased: number;
  /** Rows left out, and hidden rows taken; rows count on through the sheets of a file. */
  readonly left: readonly number[];
  readonly taken: readonly number[];
}

/** An import with what it recorded. */
export interface OpenedImport extends KnownImport {
  /** The name of the file, where it was one and the vault still has it. */
  readonly file: string | null;
  /** What was answered when it was loaded; null where nothing was. */
  readonly answers: KeptAnswers | null;
  readonly records: readonly ImportedRecord[];
  readonly changedSince: number;
  /** The place in the log of the last event it recorded. */
  readonly lastPosition: string;
}

type Accepted = EventData<'ImportAccepted'>;

async function acceptedAs(recording: Recording, id: string): Promise<Accepted | undefined> {
  for (const { id: of, event } of await recording.parts.imports())
    if (of === id && event.type === 'ImportAccepted') return event.data;
  return undefined;
}

async function fileName({ parts }: Recording, accepted: Accepted | undefined): Promise<string | null> {
  if (accepted?.fileRef === undefined) return null;
  const text = await parts.vault.readNote(accepted.fileRef);
  const note: unknown = text === undefined ? undefined : JSON.parse(text);
  return typeof note === 'object' && note !== null && 'name' in note ? String(note.name) : null;
}

async function answersIn({ parts }: Recording, accepted: Accepted | undefined): Promise<KeptAnswers | null> {
  if (accepted?.answers === undefined) return null;
  const { cells, left, taken, notes } = accepted.answers;
  const said: AnsweredCell[] = [];
  for (const note of notes) {
    const text = await parts.vault.readNote(note);
    // Written by an import, and proved by the hash in the log.
    if (text !== undefined) said.push(...(JSON.parse(text) as AnsweredCell[]));
  }
  return { cells: said.sort((a, b) => a.row - b.row), erased: cells - said.length, left, taken };
}

/** Opens an import: its records, and which of them were changed since. @throws DecisionRefused for none of that id */
export async function openImport(recording: Recording, id: string): Promise<OpenedImport> {
  const known = knownImports(await recording.parts.imports()).find((one) => one.id === id);
  if (known === undefined) throw refused('import-exists', 'id', `there is no import with the id ${id}`);
  const { log } = recording.parts;
  const state = await importState(log, id);
  const found = await eventsOfImport(log, id, state);
  const records: ImportedRecord[] = [];
  for (const [stream, events] of byStream(found)) {
    const parsed = parseStream(stream);
    if (parsed === undefined) continue;
    records.push({
      kind: parsed.kind,
      id: parsed.id,
      row: events[0]?.row ?? 0,
      events: events.map(({ type }) => type),
      changedSince: (await log.streamRevision(stream)) !== events.at(-1)?.revision,
    });
  }
  const changed = records.filter(({ changedSince }) => changedSince).length;
  const accepted = await acceptedAs(recording, id);
  const file = await fileName(recording, accepted);
  const answers = await answersIn(recording, accepted);
  const last = lastOf(state, found);
  return { ...known, file, answers, records, changedSince: changed, lastPosition: String(last) };
}

/** Where all of it is recorded: in several appends its end is last, in one its last record. */
function lastOf({ accepted, completed }: ImportState, events: readonly ImportedEvent[]): bigint {
  const last = events.at(-1)?.position ?? accepted;
  return completed !== undefined && completed > last ? completed : last;
}
