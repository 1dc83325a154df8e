import type { Actor } from '@ledger/access';
import { personsNamed } from '@ledger/domain';
import type { NoteRef } from '@ledger/events';
import { ProblemError } from '@ledger/http';
import type { HistoryStep, RecordAnswer } from '@ledger/projections';
import type { ReportingParts } from './reporting-parts';

/** A step of a record's story with the texts of the vault: null where there is none, "erased" said in words. */
export interface ToldStep extends HistoryStep {
  readonly by: string;
  readonly note: string | null;
  readonly comments: readonly { readonly code: string; readonly comment: string }[];
}

/** The last approval, by whom and with which note. */
export type ToldApproval = NonNullable<RecordAnswer['approval']['last']> & {
  readonly by: string;
  readonly note: string | null;
};

export interface ToldRecord extends Omit<RecordAnswer, 'history' | 'approval'> {
  readonly history: readonly ToldStep[];
  readonly approval: Omit<RecordAnswer['approval'], 'last'> & { readonly last: ToldApproval | null };
}

const erased = '(erased)';

export function unknownRecord(kind: string, id: string): ProblemError {
  return new ProblemError(
    404,
    'UNKNOWN_RECORD',
    `There is no ${kind} with the id ${id} among the records you may read; look it up at /api/records.`,
  );
}

/** Joins notes, comments and the names of those who acted; a record that names people is written to the audit file. */
export async function withNotes(
  parts: ReportingParts,
  actor: Actor,
  found: RecordAnswer,
): Promise<ToldRecord> {
  const noteOf = async (noteRef: NoteRef | null): Promise<string | null> =>
    noteRef === null ? null : ((await parts.note(noteRef)) ?? erased);
  const persons = [...new Set(found.contents.flatMap(({ data }) => personsNamed(data)))];
  if (persons.length > 0) parts.audited(actor, 'person-read', persons);
  const history = await Promise.all(
    found.history.map(async (step) => ({
      ...step,
      by: await parts.nameOf(step.actor),
      note: await noteOf(step.noteRef),
      comments: await Promise.all(
        step.warnings.map(async ({ code, noteRef }) => ({
          code,
          comment: (await parts.note(noteRef)) ?? erased,
        })),
      ),
    })),
  );
  const { last } = found.approval;
  const told = last && { ...last, by: await parts.nameOf(last.actor), note: await noteOf(last.noteRef) };
  return { ...found, history, approval: { ...found.approval, last: told } };
}
