import { levelOf, spanOfContent } from '@ledger/domain';
import type { LedgerEvent } from '@ledger/events';

/** A new record of a file, as it is compared with others. */
export interface Candidate {
  /** The sheet in the file, and the row in it. */
  readonly sheet: number;
  readonly row: number;
  /** The id of its record. */
  readonly id: string;
  readonly type: string;
  readonly offer: string;
  /** In a hierarchy of activities, where it is in one. */
  readonly level: string | null;
  readonly bodies: readonly string[];
  readonly title: string;
  readonly from: string;
  /** Where it is one person's part in something. */
  readonly part?: { readonly person: string; readonly cohort: string };
}

/** The course or cohort in which a content says that one person took part. */
export function cohortOf({ data }: LedgerEvent): string | undefined {
  if (!('person' in data) || data.person === undefined) return undefined;
  if ('course' in data) return data.course;
  return 'cohort' in data ? (data.cohort ?? '') : undefined;
}

/** What is compared of a new record: of activities only, those that somebody took part in or that bodies were given. */
export function candidateOf(
  content: LedgerEvent,
  at: Pick<Candidate, 'sheet' | 'row' | 'id'>,
): Candidate | undefined {
  const { type, data } = content;
  if (!('offer' in data) || data.offer === undefined) return undefined;
  const common = {
    ...at,
    type,
    offer: data.offer,
    level: levelOf(content),
    from: spanOfContent(content)?.from ?? '',
  };
  const cohort = cohortOf(content);
  if (cohort !== undefined && 'person' in data && data.person !== undefined)
    return { ...common, bodies: [], title: '', part: { person: data.person, cohort } };
  if (!('bodies' in data) || !('title' in data || type === 'PeerChallengeDelivered')) return undefined;
  const bodies = [...new Set((data.bodies ?? []).map(({ body }) => body))];
  return { ...common, bodies, title: 'title' in data ? (data.title ?? '') : '' };
}
