import type { StreamKind } from './define-event';
import { derivedId } from './ids';

const kinds: readonly StreamKind[] = [
  'activity',
  'claim',
  'observation',
  'deliverable',
  'body',
  'theme',
  'programme',
  'savings-area',
  'offer',
  'measure',
  'import',
  'period',
  'adjustment',
  'approval',
  'mapping',
  'publication',
];

/** The stream of a thing: `activity-<id>`. The one stream of the ledger itself is `ledger`. */
export function streamOf(kind: Exclude<StreamKind, 'ledger'>, id: string): string {
  return `${kind}-${id}`;
}

/** The stream of the approvals of a record. */
export function approvalStream(kind: string, id: string): string {
  return streamOf('approval', derivedId('approval', kind, id));
}

/** What a stream is of, or undefined for a name that is none of ours. */
export function parseStream(stream: string): { kind: StreamKind; id: string } | undefined {
  if (stream === 'ledger') return { kind: 'ledger', id: '' };
  for (const kind of kinds)
    if (stream.startsWith(kind + '-') && stream.length > kind.length + 1)
      return { kind, id: stream.slice(kind.length + 1) };
  return undefined;
}
