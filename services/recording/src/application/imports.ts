import { canonicalJson, derivedId, eventDefinitions, streamOf } from '@ledger/events';
import type { Command, StampedCommand } from './command';
import { parseRequest, refused } from './faults';
import type { Outcome } from './outcome';
import type { Recording } from './recording';
import { ImportRequest } from './request-schemas';

/** An event of an import’s own stream; of each type a command writes one. */
export function stampedImport(
  at: Pick<StampedCommand, 'id'>,
  type: 'ImportAccepted' | 'ImportCompleted' | 'ImportReversalAccepted' | 'ImportReversed',
  data: unknown,
) {
  return { id: derivedId('event', at.id, type), type, schemaVersion: eventDefinitions[type].version, data };
}

/**
 * Records many items as one import, which can be reversed whole. It is one append: all of it or nothing. The same
 * content again is the same import, and adds nothing.
 */
export async function importRecords(recording: Recording, command: Command): Promise<Outcome> {
  const { label, records } = parseRequest(ImportRequest, command.request);
  const { vault } = recording.parts;
  const contentHash = vault.keyed(canonicalJson(records));
  // The content is the key: importing it again answers with what was recorded the first time.
  const once = { ...command, key: `import/${contentHash}`, request: { contentHash } };
  return recording.run('import', once, async (stamped) => {
    const id = derivedId('import', contentHash);
    if ((await recording.parts.log.streamRevision(streamOf('import', id))) !== undefined)
      throw refused(
        'imported-once',
        'records',
        `this content is recorded already, as the import ${id}; nothing was added`,
      );
    const planned = await recording.planRecords(stamped, command.programmes, records, 'records', (at) => ({
      import: { id, row: at + 1 },
    }));
    const events = planned.writes.reduce((sum, write) => sum + write.events.length, 0);
    const stream = streamOf('import', id);
    return {
      ...planned,
      writes: [
        {
          stream,
          expected: 'no-stream',
          events: [
            stampedImport(stamped, 'ImportAccepted', { label, rows: records.length, contentHash }),
            stampedImport(stamped, 'ImportCompleted', { events }),
          ],
        },
        ...planned.writes,
      ],
    };
  });
}
