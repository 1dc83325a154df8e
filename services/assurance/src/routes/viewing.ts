import { editorProgrammes, hasRole, may, programmesFor, type Actor } from '@ledger/access';
import type { Viewer } from '@ledger/projections';

/** What an actor may see of claims: restricted offers only as their programme's editor, or as auditor (E9). */
export function viewerOf(actor: Actor): Viewer {
  return {
    records: may(actor, 'records:read') ? programmesFor(actor, 'records:read') : [],
    persons: may(actor, 'people:read'),
    restricted: hasRole(actor, 'auditor') ? 'all' : editorProgrammes(actor),
  };
}
