import type { Actor } from '@ledger/access';
import { personsNamed } from '@ledger/domain';
import { ProblemError } from '@ledger/http';
import type { HistoryStep, RecordAnswer } from '@ledger/projections';
import type { ReportingParts } from './reporting-parts';

/** A step of a record's story with the texts of the vault: null where there is none, "erased" said in words. */
export interface ToldStep extends HistoryStep {
  readonly by: string;
  readonly note: string | null;
  readonly comments: readonly { readonly code: string; readonly comment: string }[];
}

export interface ToldRecord extends Omit<RecordAnswer, 'history'> {
  readonly history: readonly ToldStep[];
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
  const persons = [...new Set(found.contents.flatMap(({ data }) => personsNamed(data)))];
  if (persons.length > 0) parts.audited(actor, 'person-read', persons);
  const history = await Promise.all(
    found.history.map(async (step) => ({
      ...step,
      by: await parts.nameOf(step.actor),
      note: step.noteRef === null ? null : ((await parts.note(step.noteRef)) ?? erased),
      comments: await Promise.all(
        step.warnings.map(async ({ code, noteRef }) => ({
          code,
          comment: (await parts.note(noteRef)) ?? erased,
        })),
      ),
    })),
  );
  return { ...found, history };
}
