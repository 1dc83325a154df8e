import { randomUUID } from 'node:crypto';
import { DecisionRefused } from '@ledger/domain';
import { dateInWords, londonDateOf } from '@ledger/calendar';
import { Id } from '@ledger/events';
import { ProblemError, upperFirst, type Page, type PageAnswer, type PageCall } from '@ledger/http';
import { reverseImports } from '../application/reverse-imports';
import { knownImports } from '../imports/known-imports';
import { openImport, type OpenedImport } from '../imports/open-import';
import { commandOfForm, reasonsToChoose, type RecordingPagesParts } from './parts';
import { isOnlyClosed, proposeFrom } from './proposing';

/** Records of an import that its page lists. */
const mostListed = 500;

function dayOf(recordedAt: string): string {
  return dateInWords(londonDateOf(Date.parse(recordedAt)));
}

/** What has just been done to an import, in the words of its page. */
const done: ReadonlyMap<string, string> = new Map([
  ['loaded', 'The file is loaded'],
  ['reversed', 'The import is taken back'],
]);

/** The page of an import to which something was just done. */
export function addressOfImport(
  id: string,
  what: 'loaded' | 'reversed',
  cursor: string | null,
  more: { readonly file?: string } = {},
): string {
  const query = new URLSearchParams({ done: what, ...(cursor !== null && { after: cursor }), ...more });
  return `/imports/${id}?${query.toString()}`;
}

/** Where the totals before and after an import are; after its reversal, before it and after that. */
function changesOf({ position, lastPosition, reversedAt }: OpenedImport, after: string | undefined): string {
  const query = { from: position, to: reversedAt ?? lastPosition, ...(after !== undefined && { after }) };
  return `/totals-changed?${new URLSearchParams(query).toString()}`;
}

/** The imports there are; one opened; and taking one back, with what was changed since listed first. */
export function importListPages(parts: () => RecordingPagesParts): readonly Page[] {
  const open = async (
    { params, form, query }: PageCall,
    errors: readonly { readonly text: string; readonly field: string | null }[],
    adjustable = false,
  ): Promise<PageAnswer> => {
    let opened;
    try {
      opened = await openImport(parts().recording, params['id'] ?? '');
    } catch (error) {
      if (!(error instanceof DecisionRefused)) throw error;
      throw new ProblemError(404, 'UNKNOWN_IMPORT', 'There is no such import; look it up at /imports.');
    }
    const records = [...opened.records].sort(
      (a, b) => Number(b.changedSince) - Number(a.changedSince) || a.row - b.row,
    );
    return {
      view: 'import-open',
      context: {
        import: opened,
        day: dayOf(opened.recordedAt),
        done: done.get(query['done'] ?? ''),
        held: Id.safeParse(query['file']).data,
        changes: changesOf(opened, query['after']),
        records: records.slice(0, mostListed),
        more: Math.max(0, records.length - mostListed),
        reasons: reasonsToChoose,
        adjustable,
        errors,
        values: { key: randomUUID(), ...form },
      },
      ...(errors.length > 0 && { status: 422 }),
    };
  };
  return [
    {
      method: 'get',
      path: '/imports',
      permission: 'records:write',
      show: async () => {
        const imports = knownImports(await parts().recording.parts.imports());
        return {
          view: 'imports',
          context: { imports: imports.map((one) => ({ ...one, day: dayOf(one.recordedAt) })) },
        };
      },
    },
    { method: 'get', path: '/imports/{id}', permission: 'records:write', show: (call) => open(call, []) },
    {
      method: 'post',
      path: '/imports/{id}',
      permission: 'records:write',
      show: async (call) => {
        const { form, params, actor } = call;
        const { reason, note } = form;
        const request = {
          reason,
          ...(note !== undefined && { note }),
          ...(form['changed-too'] === 'yes' && { changedToo: true }),
        };
        let reversed;
        try {
          if (form['step'] === 'propose')
            return await proposeFrom(parts(), actor, form, {
              do: 'reverse-imports',
              imports: [params['id'] ?? ''],
              ...request,
            });
          reversed = await reverseImports(
            parts().recording,
            [params['id'] ?? ''],
            commandOfForm(actor, form, request),
          );
        } catch (error) {
          if (!(error instanceof DecisionRefused)) throw error;
          const changed = error.faults.some(({ code }) => code === 'changed-since');
          // Closed time is said once, not for each of many records.
          const adjustable = isOnlyClosed(error.faults);
          const faults = adjustable ? error.faults.slice(0, 5) : error.faults;
          return open(
            call,
            changed
              ? [{ text: 'Say yes to taking back records that were changed since', field: 'changed-too' }]
              : faults.map(({ path, message }) =>
                  path === 'reason'
                    ? { text: 'Choose a reason', field: 'reason' }
                    : { text: upperFirst(message), field: null },
                ),
            adjustable,
          );
        }
        return { redirect: addressOfImport(params['id'] ?? '', 'reversed', reversed.cursor) };
      },
    },
  ];
}
