import { DecisionRefused } from '@ledger/domain';
import { derivedId } from '@ledger/events';
import { decideOnAdjustment, importFile, Recording, type ImportReport } from '@ledger/recording';
import { csv } from '../imports/file-imports';
import { smallAppends } from '../running/small-appends';
import { ClosingLedger } from './closing-ledger';

/* A file that is proposed is approved in one step; what that cannot hold is refused before it is proposed. */

const closedYear = 201920;
const second = derivedId('test-user', 'second');
const editor = derivedId('test-user', 'editor');
/** Of ten events the approval takes one, and the import itself two. */
const appendEvents = 10;
const mostRows = 7;

let ledger: ClosingLedger;
let recording: Recording;
beforeEach(async () => {
  ledger = await ClosingLedger.start(1);
  const { parts } = ledger.recording;
  recording = new Recording({ ...parts, log: smallAppends(parts.log, appendEvents) });
  await ledger.closeFinally(closedYear);
});
afterEach(() => ledger.stop());

async function propose(rows: number, dryRun = false): Promise<ImportReport> {
  const titles = Array.from({ length: rows }, (_, at) => ['p0', '3/6/2019', `Workshop ${at}`]);
  const bytes = Buffer.from(csv([['Offer', 'When', 'Title'], ...titles]));
  const proposal = { reason: 'late-information' as const };
  const command = { actor: editor, programmes: 'all' as const, key: `of ${rows}`, dryRun };
  return importFile(recording, command, { bytes, name: 'late.csv', map: 'EventHeld', proposal });
}
const held = async (): Promise<number> =>
  (await ledger.recount()).annualTotal('events-held', closedYear).value;

test('a file of as many rows as one approval takes is proposed, and recorded as one import in the append of its approval', async () => {
  expect((await propose(mostRows, true)).totals).toMatchObject({ new: mostRows, closed: mostRows });
  const { proposed } = await propose(mostRows);
  expect(await held()).toBe(0);
  const approved = await decideOnAdjustment(recording, proposed ?? '', 'approve', ledger.command({}, second));
  expect(approved.events).toHaveLength(appendEvents);
  expect(await held()).toBe(mostRows);
});

test('a file of more is refused by the dry run as by the run, with how many rows will do', async () => {
  for (const dryRun of [true, false]) {
    const refused = propose(mostRows + 1, dryRun);
    await expect(refused).rejects.toThrow(DecisionRefused);
    await expect(refused).rejects.toThrow(`propose the file in several of at most ${mostRows} rows`);
  }
  expect(await held()).toBe(0);
});
