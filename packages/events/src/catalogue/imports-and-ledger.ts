import { z } from 'zod';
import { defineEvent } from '../define-event';
import { CorrectionReason, Id, Label, mostAnswers, NoteReference } from '../primitives';

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
const accepted = {
  label: Label,
  rows: z.int().min(0),
  /** Keyed hash of what was imported, hex; the name and plain hash of a file lie in the vault. */
  contentHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** The saved mapping by which a file was read, or the type of the template it follows. */
  mapping: z.string().min(1).max(80).optional(),
  /** Of a file: the last row of each sheet that was read. Rows of events count on through the sheets. */
  sheets: z.array(z.int().min(0)).max(100).optional(),
  /** Of a file: its name and plain hash, in the vault. */
  fileRef: NoteReference.optional(),
};
const ImportAcceptedV1 = z.strictObject(accepted);
/** Rows of a file, which count on through its sheets. */
const Rows = z.array(z.int().min(1)).max(mostAnswers);
export const ImportAccepted = defineEvent({
  type: 'ImportAccepted',
  version: 2,
  streams: ['import'],
  meaning: 'An import begins; its events follow in one or more appends.',
  data: z.strictObject({
    ...accepted,
    /** Of a file: what was answered about its cells and rows. The hash is of the file as it was sent. */
    answers: z
      .strictObject({
        /** Cells in whose place another value was read; both are in the notes. */
        cells: z.int().min(0).max(mostAnswers),
        /** Rows that were left out. */
        left: Rows,
        /** Hidden rows that were taken. */
        taken: Rows,
        /** What stood in each cell and what was read, in the vault: of all rows that name nobody, and of each that does. */
        notes: z.array(NoteReference).max(mostAnswers),
      })
      .optional(),
  }),
  formerly: { 1: ImportAcceptedV1 },
  // Files were loaded only as they were.
  upcasts: { 1: (data) => ImportAcceptedV1.parse(data) },
});
/** A column of a file, or what holds for all its rows, and the field of the event it says. */
const MappedColumn = z.strictObject({
  heading: z.string().min(1).max(200),
  field: z.string().min(1).max(80),
  /** Of an amount: what its numbers count, where they are no plain pounds. */
  unit: z.enum(['pounds', 'thousands', 'millions']).optional(),
});
export const MappingSaved = defineEvent({
  type: 'MappingSaved',
  streams: ['mapping'],
  meaning: 'How the columns of a team’s own files say what events say; it replaces the one of the same name.',
  data: z.strictObject({
    label: Label,
    /** The type of event that each row is. */
    type: z.string().min(1).max(60),
    /** The sheets that are read; left out, every visible one. */
    sheets: z.array(Label).max(100).optional(),
    columns: z.array(MappedColumn).min(1).max(200),
    fixed: z.array(z.strictObject({ field: z.string().min(1).max(80), value: Label })).max(50),
    /** What becomes of hidden rows that hold something; left out, they are asked about. */
    hiddenRows: z.enum(['take', 'leave']).optional(),
  }),
});
export const ImportCompleted = defineEvent({
  type: 'ImportCompleted',
  streams: ['import'],
  meaning: 'Everything of an import is recorded.',
  data: z.strictObject({ events: z.int().min(0) }),
});
const ImportReversalAcceptedV1 = z.strictObject({
  reason: CorrectionReason,
  noteRef: NoteReference.optional(),
});
export const ImportReversalAccepted = defineEvent({
  type: 'ImportReversalAccepted',
  version: 2,
  streams: ['import'],
  meaning: 'Taking an import back begins; what undoes it follows in several appends.',
  data: ImportReversalAcceptedV1.extend({
    /** The approved adjustment that takes it back in closed time, and holds what undoes it. */
    adjustment: Id.optional(),
  }),
  formerly: { 1: ImportReversalAcceptedV1 },
  // No adjustment was so large.
  upcasts: { 1: (data) => ImportReversalAcceptedV1.parse(data) },
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
export const ImportInPartsBegun = defineEvent({
  type: 'ImportInPartsBegun',
  streams: ['ledger'],
  meaning:
    'An import, or taking one back, goes on over several appends from here; its own stream says when it ends. No closing that was decided before comes after.',
  data: z.strictObject({ import: Id }),
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
/** Four bytes that tell sealing keys apart, hex. */
const KeyId = z.string().regex(/^[0-9a-f]{8}$/);
export const SealingKeyChanged = defineEvent({
  type: 'SealingKeyChanged',
  streams: ['ledger'],
  meaning:
    'Another key seals from now on. The last seal of the former key is over this event, unless that key is missing.',
  data: z.strictObject({
    from: KeyId,
    to: KeyId,
    /** The new public key, as a line of text. */
    key: z.string().regex(/^[^\s+]{1,200}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/),
    reason: z.enum(['rotated', 'former-key-missing']),
  }),
});
