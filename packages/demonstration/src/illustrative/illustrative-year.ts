import { leadership } from './leadership';
import { graduatesPlaced, memberships } from './memberships-and-graduates';
import { peerChallenges } from './peer-challenges';
import type { SampleRecord } from './sample-record';
import { savings } from './savings';
import { settingOf, type IllustrativeInput } from './setting';
import { supportOfOtherKinds, tailoredPeerSupport } from './support';

/*
 * An illustrative 2016/17. The reports give totals and shares but hardly a record behind them; these are invented
 * records, of the councils there were, that come to those totals and shares when they are counted by the rules.
 * None of them says anything about a real council.
 *
 * Method: for every offer the councils that took it up are chosen first, as a random set repaired by swaps until
 * it has the published numbers by type, region and control on 31 March 2017; a published "highest" or "lowest" is
 * a bound on the shares of the other groups. Records are then made for that set: one for each council, and
 * more for some, so that counting records gives another number than counting councils. What would mislead a
 * wrong rule is put in on purpose: activities before the elections of 5 May 2016 at councils whose control
 * changed that day, bookings without attendance, councillors on two councils, partners and providers beside
 * recipients. Money and peer days are cut into parts that add up exactly.
 */

/**
 * The invented records of 2016/17, in the order of the four quarterly imports. The same input gives the same
 * records byte for byte; every seed gives records that meet `illustrativeConstraints`.
 *
 * @throws NoSuchChoiceError where the register's groups no longer allow the published figures
 */
export function illustrativeYear(input: IllustrativeInput): SampleRecord[] {
  const setting = settingOf(input);
  const challenges = peerChallenges(setting);
  const activities = [
    ...challenges.records,
    ...tailoredPeerSupport(setting),
    ...supportOfOtherKinds(setting, challenges.finance),
    ...leadership(setting),
    ...memberships(setting),
    ...graduatesPlaced(setting),
  ];
  const records = [...activities, ...savings(setting, activities)];
  // The sort is stable: within a quarter the records of one thing keep their order.
  return records.sort((a, b) => a.quarter - b.quarter);
}
