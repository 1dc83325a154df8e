import { typeTitle } from '@ledger/pages';
import type { RecordAnswer } from '@ledger/projections';

/** Steps that may follow on the steps of a record. */
const following: Readonly<Record<string, readonly string[]>> = {
  PlaceBooked: ['CouncillorTrained', 'CourseCompleted', 'PlaceGivenUp'],
  CouncillorTrained: ['CourseCompleted'],
  MembershipStarted: ['MembershipEnded'],
  DeliverableAgreed: ['DeliverableRated'],
};

/** Steps that come again and again. */
const repeated: ReadonlySet<string> = new Set(['DeliverableRated']);

interface Action {
  readonly label: string;
  readonly href: string;
}

/** What can be done to a record as it stands; the rules have the last word. */
export function actionsOn({ record: { kind, id, state }, contents }: RecordAnswer): readonly Action[] {
  const at = (slug: string): string => `/records/${kind}/${id}/${slug}`;
  if (state === 'merged') return [{ label: 'Undo the merge', href: at('undo-merge') }];
  if (state === 'withdrawn')
    return kind === 'claim' ? [] : [{ label: 'Reinstate this record', href: at('reinstate') }];
  const done = new Set(contents.flatMap(({ type, withdrawn }) => (withdrawn ? [] : [type])));
  const next = [...new Set([...done].flatMap((type) => following[type] ?? []))].filter(
    (type) => !done.has(type) || repeated.has(type),
  );
  return [
    ...next.map((type) => ({
      label: `Record a further step: ${typeTitle(type).toLowerCase()}`,
      href: `/record/${type}?record=${id}`,
    })),
    { label: 'Withdraw this record', href: at('withdraw') },
    ...(kind === 'activity' ? [{ label: 'Merge this record into another', href: at('merge') }] : []),
  ];
}
