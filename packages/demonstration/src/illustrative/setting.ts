import type { Register } from '@ledger/councils';
import { derivedId } from '@ledger/events';
import type { Council } from './choose-councils';
import { firstDayOfNewControl, illustratedYear, lastDayOfOldControl, yearEnd } from './dates';
import { SeededRandom } from './random';

/** What an illustrative year is made from. */
export interface IllustrativeInput {
  readonly year: typeof illustratedYear;
  readonly seed: number;
  /** The councils existing on the last day of the year, with their groups on that day. */
  readonly councils: readonly Council[];
  readonly controlOn: (bodyId: string, date: string) => Council['control'];
  /** The county of a district, by the register; null of other councils. */
  readonly countyOf: (bodyId: string) => string | null;
}

/** The input that a register gives. */
export function illustrativeInput(register: Register, seed: number): IllustrativeInput {
  return {
    year: illustratedYear,
    seed,
    councils: register.councilsOn(yearEnd),
    controlOn: (bodyId, date) => register.controlOn(bodyId, date),
    countyOf: (bodyId) => register.body(bodyId)?.county ?? null,
  };
}

/** What every part of the generator works with. */
export interface Setting {
  /** In the order of their ids, whatever order they came in. */
  readonly councils: readonly Council[];
  /**
   * The councils whose control changed on 5 May 2016 and is still what it became. An activity before that day
   * tells the control at the reference date from the control at the activity's date.
   */
  readonly changed: readonly Council[];
  readonly countyOf: IllustrativeInput['countyOf'];
  /** A source of chance of its own for one part. */
  readonly randomFor: (part: string) => SeededRandom;
  /** The id of an invented thing or person. */
  readonly idOf: (kind: string, ...parts: readonly (string | number)[]) => string;
}

export function settingOf({ year, seed, councils, controlOn, countyOf }: IllustrativeInput): Setting {
  const inOrder = [...councils].sort((a, b) => (a.bodyId < b.bodyId ? -1 : 1));
  const random = new SeededRandom(`${year}/${seed}`);
  return {
    councils: inOrder,
    changed: inOrder.filter(
      ({ bodyId, control }) =>
        controlOn(bodyId, firstDayOfNewControl) === control &&
        controlOn(bodyId, lastDayOfOldControl) !== control,
    ),
    countyOf,
    randomFor: (part) => random.fork(part),
    idOf: (kind, ...parts) =>
      derivedId('illustrative', String(year), String(seed), kind, ...parts.map(String)),
  };
}
