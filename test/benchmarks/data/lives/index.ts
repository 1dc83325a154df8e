import { lastBeginning } from '../days';
import type { LifeKind } from '../proportions';
import type { Setting } from '../setting';
import { attendanceLife } from './attendance';
import { challengeLife } from './challenge';
import { claimLife } from './claim';
import type { Life, LifeParts } from './life';
import { observationLife } from './observation';
import { supportLife } from './support';

export { eventIdOf } from './life';

const tellers: Readonly<Record<LifeKind, (parts: LifeParts) => Life>> = {
  attendance: attendanceLife,
  support: supportLife,
  challenge: challengeLife,
  claim: claimLife,
  observation: observationLife,
};

export const lifeKinds: readonly LifeKind[] = ['attendance', 'support', 'challenge', 'claim', 'observation'];

/** The day on which a thing begins: things of a kind are spread evenly, in the order of their numbers. */
export function beginningOf(setting: Setting, kind: LifeKind, index: number): number {
  return Math.floor((index * (lastBeginning + 1)) / setting.proportions[kind]);
}

/** Everything that is ever recorded about one thing. The same number gives the same life whenever it is asked. */
export function lifeOf(setting: Setting, kind: LifeKind, index: number): Life {
  const base = beginningOf(setting, kind, index);
  const random = setting.seeded.random(kind, index);
  return tellers[kind]({ setting, random, kind, index, base });
}
