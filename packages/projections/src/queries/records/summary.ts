import type { RecordDocument } from '../../documents/record-document';
import type { RecordSummary } from '../answers';
import type { Ground } from '../asking';

/** What lists show of a record, with the names of its bodies. */
export function summary(
  ground: Ground,
  kind: RecordSummary['kind'],
  id: string,
  document: RecordDocument,
): RecordSummary {
  const { type, title, offer, level, bodies, person, from, to, state, illustrative } = document;
  return {
    id,
    kind,
    type,
    title,
    offer,
    level,
    bodies: bodies.map(({ body, role }) => ({
      id: body,
      name: ground.register.body(body)?.name ?? body,
      role,
    })),
    person,
    from,
    to,
    state,
    illustrative,
  };
}
