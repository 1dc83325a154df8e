import type { EventLog } from '@ledger/event-log';
import type { ImportProgress } from './turn-taking';

/** How far an import has come, and whose it is. */
interface UnderWay {
  readonly actor: string;
  progress: ImportProgress | undefined;
}

/** The imports under way here, by log. */
const underWay = new WeakMap<EventLog, Set<UnderWay>>();

/** Does an import, of which it can be asked meanwhile how far it has come. */
export async function tellingProgress<T>(
  log: EventLog,
  actor: string,
  work: (tell: (progress: ImportProgress) => void) => Promise<T>,
): Promise<T> {
  const ofLog = underWay.get(log) ?? new Set<UnderWay>();
  underWay.set(log, ofLog);
  const own: UnderWay = { actor, progress: undefined };
  ofLog.add(own);
  try {
    return await work((progress) => (own.progress = progress));
  } finally {
    ofLog.delete(own);
  }
}

/** How far the imports of an actor have come, the earliest first; of one whose file is being unpacked nothing is known yet. */
export function importsUnderWay(log: EventLog, actor: string): readonly ImportProgress[] {
  return [...(underWay.get(log) ?? [])].flatMap((one) =>
    one.actor === actor && one.progress !== undefined ? [one.progress] : [],
  );
}
