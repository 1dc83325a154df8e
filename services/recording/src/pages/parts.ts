import { programmesFor, type Actor } from '@ledger/access';
import { CorrectionReason } from '@ledger/events';
import type { Fields } from '@ledger/http';
import type { Command } from '../application/command';
import type { Recording } from '../application/recording';

/** The reasons that somebody may give; that an import was reversed is said by reversing it. */
export const reasonsToChoose = CorrectionReason.options.filter((reason) => reason !== 'import-reversed');

/** What the pages that record need around them. */
export interface RecordingPagesParts {
  readonly recording: Recording;
  /** What people call a person: a name, or words in its place. */
  readonly nameOf: (id: string) => Promise<string>;
  /** Writes to the audit file that people were looked up by name. */
  readonly audited: (actor: Actor, about: readonly string[]) => void;
}

/** A command as a form puts it; the key of the form makes sending it twice harmless. */
export function commandOfForm(actor: Actor, form: Fields, request: unknown, dryRun = false): Command {
  return {
    actor: actor.id,
    programmes: programmesFor(actor, 'records:write'),
    key: `form/${form['key'] ?? ''}`,
    request,
    dryRun,
  };
}
