import { createHash } from 'node:crypto';
import { derivedId, streamOf, type EventData } from '@ledger/events';
import type { EventLog } from '@ledger/event-log';
import { typeTitle } from '@ledger/pages';
import type { StampedCommand } from '../application/command';
import type { Importing } from './attempt-import';

/** What is recorded of a file that is accepted; its name and plain hash go to the vault. */
export async function acceptedFile(
  { recording, stamped, file, prepared }: Importing,
  rows: number,
): Promise<EventData<'ImportAccepted'>> {
  const { mapping, sheets } = prepared;
  const { vault } = recording.parts;
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const fileRef = await vault.putNote({
    commandKey: `${stamped.id}/file`,
    text: JSON.stringify({ name: file.name, sha256 }),
  });
  return {
    label: file.label ?? typeTitle(mapping.type),
    rows,
    contentHash: vault.keyed(sha256),
    mapping: mapping.name,
    sheets: sheets.map(({ lastRow }) => lastRow),
    fileRef,
  };
}

/** The id of the import that a command makes: another one each time it was begun, broke off and was taken back. */
export async function newImportId(
  log: Pick<EventLog, 'streamRevision'>,
  { id }: StampedCommand,
): Promise<string> {
  for (let begun = 1; ; begun++) {
    const importId = begun === 1 ? derivedId('import', id) : derivedId('import', id, String(begun));
    if ((await log.streamRevision(streamOf('import', importId))) === undefined) return importId;
  }
}
