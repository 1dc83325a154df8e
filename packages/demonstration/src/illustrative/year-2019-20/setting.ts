import type { Register } from '@ledger/councils';
import { derivedId } from '@ledger/events';
import type { Council } from '../choose-councils';
import { SeededRandom } from '../random';
import { afterElections, beforeElections, year, yearEnd, yearStart } from './dates';

/** What the illustrative 2019/20 is made from. */
export interface Input201920 {
  readonly register: Register;
  readonly seed: number;
  /** The councils that had a corporate peer challenge before the year: for them none of this year's is the first. */
  readonly challengedBefore: ReadonlySet<string>;
  /** The labels of offers by their ids. */
  readonly offers: ReadonlyMap<string, string>;
}

/** What every part of the generator works with. */
export interface Setting201920 extends Pick<Input201920, 'challengedBefore' | 'offers'> {
  /** The councils that existed through the whole year, in the order of their ids. */
  readonly councils: readonly Council[];
  /** Those of them whose control changed with the elections of May 2019. */
  readonly changed: readonly Council[];
  readonly randomFor: (part: string) => SeededRandom;
  readonly idOf: (kind: string, ...parts: readonly (string | number)[]) => string;
}

export function settingOf({ register, seed, challengedBefore, offers }: Input201920): Setting201920 {
  const councils = register
    .councilsOn(yearEnd)
    .filter(({ bodyId }) => register.exists(bodyId, yearStart))
    .sort((a, b) => (a.bodyId < b.bodyId ? -1 : 1));
  const random = new SeededRandom(`${year}/${seed}`);
  return {
    challengedBefore,
    offers,
    councils,
    changed: councils.filter(
      ({ bodyId }) =>
        register.controlOn(bodyId, beforeElections) !== register.controlOn(bodyId, afterElections),
    ),
    randomFor: (part) => random.fork(part),
    idOf: (kind, ...parts) =>
      derivedId('illustrative', String(year), String(seed), kind, ...parts.map(String)),
  };
}
