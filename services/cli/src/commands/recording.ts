import type { Command } from 'commander';
import type { LedgerAccess } from '../access';
import { readItems, readJson } from '../read-items';
import { withLedger, type CommonOptions } from './context';
import { correctedContent } from './corrected-content';
import { proposable, sendOrPropose, whyOf } from './proposing';
import { setting } from './setting';
import { done, readText, withReason, writing } from './writing';

export interface RecordingOptions extends CommonOptions {
  readonly key?: string;
  readonly dryRun?: boolean;
  readonly ifMatch?: string;
  readonly changedToo?: boolean;
  readonly reason?: string;
  readonly note?: string;
  readonly label?: string;
  readonly event?: string;
  readonly type?: string;
  readonly data?: string;
  readonly propose?: boolean;
  readonly set?: readonly string[];
  readonly comment?: string;
}

async function run(
  options: RecordingOptions,
  work: (ledger: LedgerAccess) => Promise<unknown>,
): Promise<void> {
  await withLedger(options, work, done);
}

/** `activity:<id>`, `claim:<id>`, `observation:<id>` or `deliverable:<id>`; a bare id is an activity’s. */
function recordPath(name: string): string {
  const [kind, id] = recordName(name).split(':');
  return `/api/records/${encodeURIComponent(kind ?? '')}/${encodeURIComponent(id ?? '')}`;
}

/** The same, always with its kind. */
function recordName(name: string): string {
  return name.includes(':') ? name : `activity:${name}`;
}

/** A command that sends one JSON document to a path. */
function sending(name: string, description: string, path: string): Command {
  return writing(name, description)
    .argument('<file>', 'JSON; - for standard input')
    .action(async (file: string, options: RecordingOptions) =>
      run(options, (ledger) => ledger.post(path, readJson(readText(file), file), options)),
    );
}

/** Commands that record and change. */
export function recordingCommands(): readonly Command[] {
  return [
    proposable(writing('record', 'Record things from NDJSON or CSV, all or nothing'))
      .argument('<file>', 'NDJSON (one {"type","data"} a line) or CSV; - for standard input')
      .option('--reason <code>', 'of a proposal: why it comes now; late-information unless said')
      .option('--note <text>', 'of a proposal; kept in the vault, not in the log')
      .action(async (file: string, options: RecordingOptions) =>
        run(options, (ledger) =>
          sendOrPropose(
            ledger,
            '/api/records',
            { records: readItems(readText(file), file) },
            { do: 'record' },
            { ...options, reason: options.reason ?? 'late-information' },
          ),
        ),
      ),
    proposable(withReason(writing('reverse-import', 'Undo what imports did')))
      .argument('<ids>', 'one or more import ids, parted by commas')
      .option('--changed-too', 'also records that were changed since; without it they are listed')
      .action(async (ids: string, options: RecordingOptions) =>
        run(options, (ledger) =>
          sendOrPropose(
            ledger,
            `/api/imports/${encodeURIComponent(ids)}/reversal`,
            { ...whyOf(options), ...(options.changedToo === true && { changedToo: true }) },
            { do: 'reverse-imports', imports: ids.split(',') },
            options,
          ),
        ),
      ),
    setting(
      proposable(
        withReason(writing('correct', 'Correct a record: some of its fields, or its whole content')),
      ),
      'instead of a file: this field of what the record says, such as method=actuals',
    )
      .argument('<record>', 'its id, or claim:<id>, observation:<id> or deliverable:<id>')
      .argument('[file]', 'JSON {"type","data"} with the content as it should be; without it, --set')
      .option('--comment <text>', 'accepts what the rules warn of; auditors see it')
      .option('--event <id>', 'the event of the record to correct, where it has several')
      .option('--if-match <revision>', 'only if the record is still at this revision')
      .action(async (record: string, file: string | undefined, options: RecordingOptions) =>
        run(options, async (ledger) => {
          const path = recordPath(record);
          const { content, ifMatch } = await correctedContent(ledger, path, file, options);
          const sent = {
            ...whyOf(options),
            ...content,
            ...(options.comment !== undefined && { comment: options.comment }),
            ...(options.event !== undefined && { corrects: options.event }),
          };
          const named = { do: 'correct', record: recordName(record) };
          return sendOrPropose(ledger, `${path}/corrections`, sent, named, { ...options, ifMatch });
        }),
      ),
    proposable(withReason(writing('withdraw', 'Withdraw a record, or one event of it')))
      .argument('<record>')
      .option('--event <id>')
      .option('--if-match <revision>')
      .action(async (record: string, options: RecordingOptions) =>
        run(options, (ledger) =>
          sendOrPropose(
            ledger,
            `${recordPath(record)}/withdrawals`,
            { ...whyOf(options), ...(options.event !== undefined && { withdraws: options.event }) },
            { do: 'withdraw', record: recordName(record) },
            options,
          ),
        ),
      ),
    proposable(withReason(writing('reinstate', 'Undo a withdrawal')))
      .argument('<record>')
      .option('--event <id>')
      .action(async (record: string, options: RecordingOptions) =>
        run(options, (ledger) =>
          sendOrPropose(
            ledger,
            `${recordPath(record)}/reinstatements`,
            { ...whyOf(options), ...(options.event !== undefined && { reinstates: options.event }) },
            { do: 'reinstate', record: recordName(record) },
            options,
          ),
        ),
      ),
    writing('approve', 'Approve what a record says, as somebody other than those who said it')
      .argument('<record>', 'its id, or claim:<id>, observation:<id> or deliverable:<id>')
      .option('--note <text>', 'kept in the vault, not in the record')
      .option('--if-match <revision>', 'only if the record is still at this revision')
      .action(async (record: string, options: RecordingOptions) =>
        run(options, (ledger) =>
          ledger.post(
            `${recordPath(record)}/approvals`,
            { ...(options.note !== undefined && { note: options.note }) },
            options,
          ),
        ),
      ),
    proposable(withReason(writing('merge', 'Merge an activity into another that is the same thing')))
      .argument('<merged>')
      .argument('<survivor>')
      .action(async (merged: string, survivor: string, options: RecordingOptions) =>
        run(options, (ledger) =>
          sendOrPropose(
            ledger,
            '/api/merges',
            { merged, survivor, ...whyOf(options) },
            { do: 'merge' },
            options,
          ),
        ),
      ),
    proposable(withReason(writing('undo-merge', 'Undo a merge')))
      .argument('<merged>')
      .argument('<survivor>')
      .action(async (merged: string, survivor: string, options: RecordingOptions) =>
        run(options, (ledger) =>
          sendOrPropose(
            ledger,
            '/api/merges/undone',
            { merged, survivor, ...whyOf(options) },
            { do: 'undo-merge' },
            options,
          ),
        ),
      ),
    sending('body', 'Record a fact about a body: {"body","type","data"}', '/api/bodies'),
    sending('declare', 'Declare or change an entry of the catalogue: {"id","type","data"}', '/api/catalogue'),
    writing('load-register', 'Load a table of councils or of control: what is new in it')
      .argument('<file>', 'CSV, as packages/councils/data/README.md describes it')
      .option('--source <text>', 'where the table is from', 'loaded by a user')
      .action(async (file: string, options: RecordingOptions & { readonly source: string }) =>
        run(options, (ledger) =>
          ledger.post('/api/register-files', { file, text: readText(file), source: options.source }, options),
        ),
      ),
  ];
}
