import { canonicalJson, decodeStoredBody, readEvent, type EventType } from '@ledger/events';
import type { EventLog } from '@ledger/event-log';

/** What imports said of one content of a record, as its stream has it. */
export interface ImportedHistory {
  /** The canonical form of what the last import that was not reversed said; undefined where none did. */
  readonly last: string | undefined;
  /** Whether the record was withdrawn because its import was reversed, and by nothing else. */
  readonly reversed: boolean;
  /** The imports that wrote to the record. */
  readonly imports: readonly string[];
}

/** Reads from a record's stream what imports said of its content of a type. */
export async function importedHistory(
  log: Pick<EventLog, 'readStream'>,
  stream: string,
  type: EventType,
): Promise<ImportedHistory> {
  let said: string[] = [];
  let reversed = false;
  const imports = new Set<string>();
  for await (const { bytes, position } of log.readStream(stream)) {
    const body = decodeStoredBody(bytes);
    const event = readEvent(body, position);
    const imported = body.import !== undefined;
    if (body.import !== undefined) imports.add(body.import.id);
    switch (event.type) {
      case type:
        if (imported) said.push(canonicalJson(event.data));
        break;
      case 'ActivityCorrected':
      case 'ObservationCorrected':
      case 'DeliverableCorrected':
        if (event.data.type !== type) break;
        if (imported) said.push(canonicalJson(event.data.content));
        // Corrected back: what the reversed import said is unsaid.
        else if (event.data.reason === 'import-reversed') said = said.slice(0, -1);
        break;
      case 'ClaimRevised':
        if (imported) said.push(canonicalJson(event.data.content));
        else if (event.data.reason === 'import-reversed') said = said.slice(0, -1);
        break;
      case 'ActivityWithdrawn':
      case 'ObservationWithdrawn':
      case 'ClaimWithdrawn':
        reversed = event.data.reason === 'import-reversed';
        if (reversed) said = [];
        break;
      case 'ActivityReinstated':
      case 'ObservationReinstated':
        reversed = false;
        break;
      default:
    }
  }
  return { last: said.at(-1), reversed, imports: [...imports] };
}
