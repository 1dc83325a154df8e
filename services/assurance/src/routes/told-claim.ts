import type { Actor } from '@ledger/access';
import { ProblemError } from '@ledger/http';
import type { AskedAt, ClaimAnswer, HistoryStep, ThreadEntry } from '@ledger/projections';
import type { EvidenceState } from '@ledger/vault';
import type { AssuranceParts } from '../parts';
import { viewerOf } from './viewing';

type Worksheet = NonNullable<ClaimAnswer['worksheet']>;

interface SaidBy {
  /** The name of whoever said it. */
  readonly name: string;
  readonly text: string;
}

/** A query with its texts. */
export interface ToldEntry extends ThreadEntry {
  readonly question: SaidBy;
  readonly answer: SaidBy | null;
  /** Whether it is not answered, and the day by which it should have been is past. */
  readonly overdue: boolean;
}

/** A claim with names, the texts of the vault, and whether its evidence is there as it was. */
export interface ToldClaim extends Omit<ClaimAnswer, 'evidence' | 'thread' | 'history' | 'worksheet'> {
  readonly worksheet:
    | (Omit<Worksheet, 'tests'> & {
        readonly tests: readonly (Worksheet['tests'][number] & { readonly note: string | null })[];
      })
    | null;
  readonly evidence: readonly (ClaimAnswer['evidence'][number] & {
    readonly state: EvidenceState;
    readonly attachedBy: string;
  })[];
  readonly thread: readonly ToldEntry[];
  readonly history: readonly (HistoryStep & { readonly by: string; readonly note: string | null })[];
  readonly names: {
    readonly submitted: readonly string[];
    readonly agreed: readonly string[];
    readonly verified: readonly string[];
    readonly proposed: string | null;
  };
}

const erased = '(erased)';

/** @throws ProblemError 404 where there is no such claim that the actor may read */
export async function mustReadClaim(
  { queries }: Pick<AssuranceParts, 'queries'>,
  actor: Actor,
  id: string,
  at: AskedAt = {},
): Promise<ClaimAnswer> {
  const found = await queries.claim(id, viewerOf(actor), at);
  if (found === undefined)
    throw new ProblemError(
      404,
      'UNKNOWN_CLAIM',
      `There is no claim with the id ${id} among those you may read; look it up under claims.`,
    );
  return found;
}

/** @throws ProblemError 404 where there is no such claim that the actor may read */
export async function toldClaim(
  parts: AssuranceParts,
  actor: Actor,
  id: string,
  at: AskedAt = {},
): Promise<ToldClaim> {
  const { nameOf, recording } = parts;
  const { vault, today } = recording.parts;
  const found = await mustReadClaim(parts, actor, id, at);
  const said = async ({ by, noteRef }: ThreadEntry['asked']): Promise<SaidBy> => ({
    name: await nameOf(by),
    text: (await vault.readNote(noteRef)) ?? erased,
  });
  const names = async (ids: readonly string[]): Promise<string[]> => Promise.all(ids.map(nameOf));
  const { persons, baseline } = found;
  return {
    ...found,
    worksheet: found.worksheet && {
      ...found.worksheet,
      tests: await Promise.all(
        found.worksheet.tests.map(async (one) => ({
          ...one,
          note: one.noteRef === undefined ? null : ((await vault.readNote(one.noteRef)) ?? erased),
        })),
      ),
    },
    evidence: await Promise.all(
      found.evidence.map(async (one) => ({
        ...one,
        state: await vault.evidence.check({ id: one.evidence, sha256: one.sha256 }),
        attachedBy: await nameOf(one.by),
      })),
    ),
    thread: await Promise.all(
      found.thread.map(async (entry) => ({
        ...entry,
        question: await said(entry.asked),
        answer: entry.answered === null ? null : await said(entry.answered),
        overdue: entry.answered === null && entry.due < today(),
      })),
    ),
    history: await Promise.all(
      found.history.map(async (step) => ({
        ...step,
        by: await nameOf(step.actor),
        note: step.noteRef === null ? null : ((await vault.readNote(step.noteRef)) ?? erased),
      })),
    ),
    names: {
      submitted: await names(persons.submitted),
      agreed: await names(persons.agreed),
      verified: await names(persons.verified),
      proposed: baseline === null ? null : await nameOf(baseline.proposedBy),
    },
  };
}
