import { isThingKind, type Thing } from '@ledger/domain';
import { eventDefinitions, type EventType } from '@ledger/events';

/** The sort of record a content type opens, or is a further step of. */
export function kindOfRecord(type: EventType): Thing['kind'] {
  const [kind] = eventDefinitions[type].streams;
  if (!isThingKind(kind)) throw new RangeError(`${type} opens no record`);
  return kind;
}
