import { deliverables } from './deliverables';
import { leadership } from './leadership';
import { peerChallenges } from './peer-challenges';
import type { Record201920 } from './record';
import { settingOf, type Input201920 } from './setting';
import { support } from './support';

/*
 * An illustrative 2019/20, for what the half-year report asks: the same questions as at and as recorded by
 * 30 September 2019, and at the year's end. As in 2016/17 the records are invented and come to the figures that were
 * published; none of them says anything about a real council. It holds what the half-year report counts, and no savings.
 */

/** The invented records of 2019/20, in the order of the four quarterly imports. The same input gives the same records. */
export function illustrative201920(input: Input201920): Record201920[] {
  const setting = settingOf(input);
  const supported = support(setting);
  const records = [
    ...peerChallenges(setting),
    ...leadership(setting),
    ...supported,
    ...deliverables(setting, supported),
  ];
  // The sort is stable: within a quarter the records of one thing keep their order.
  return records.sort((a, b) => a.quarter - b.quarter);
}
