import { z } from 'zod';
import { defineEvent } from '../define-event';
import { CorrectionReason, Id, Label, NoteReference } from '../primitives';

export const LedgerOpened = defineEvent({
  type: 'LedgerOpened',
  streams: ['ledger'],
  meaning: 'The first event of every ledger: what it is for and whose clock it keeps.',
  data: z.strictObject({
    ledger: Id,
    purpose: z.enum(['live', 'demonstration']),
    clock: z.enum(['real', 'simulated']),
    /** Which schedule of the demonstration was loaded; a newer one makes a new ledger. */
    schedule: z.int().min(1).optional(),
  }),
});
export const ImportAccepted = defineEvent({
  type: 'ImportAccepted',
  streams: ['import'],
  meaning: 'An import begins; its events follow in one or more appends.',
  data: z.strictObject({
    label: Label,
    rows: z.int().min(0),
    /** Keyed hash of what was imported, hex; the name and plain hash of a file lie in the vault. */
    contentHash: z.string().regex(/^[0-9a-f]{64}$/),
  }),
});
export const ImportCompleted = defineEvent({
  type: 'ImportCompleted',
  streams: ['import'],
  meaning: 'Everything of an import is recorded.',
  data: z.strictObject({ events: z.int().min(0) }),
});
export const ImportReversed = defineEvent({
  type: 'ImportReversed',
  streams: ['import'],
  meaning: 'A summary: what the import did was undone in each stream. It counts nothing.',
  data: z.strictObject({
    withdrawn: z.int().min(0),
    correctedBack: z.int().min(0),
    reason: CorrectionReason,
    noteRef: NoteReference.optional(),
  }),
});
export const SubjectErased = defineEvent({
  type: 'SubjectErased',
  streams: ['ledger'],
  meaning:
    'A person was erased from the vault. A vault restored from an older backup erases the person again before it serves.',
  data: z.strictObject({ subject: Id }),
});
export const BackupRestored = defineEvent({
  type: 'BackupRestored',
  streams: ['ledger'],
  meaning:
    'The ledger goes on from a backup: what was recorded after it was made, and not exported, is lost.',
  data: z.strictObject({
    backup: Id,
    /** When the backup was made, UTC. */
    madeAt: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
    /** The last position in the backup, decimal. */
    position: z.string().regex(/^\d{1,15}$/),
  }),
});
