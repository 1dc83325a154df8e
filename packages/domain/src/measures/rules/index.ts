import type { CountingRule } from '../evaluation';
import { countThings, distinctBodies, distinctPersons, mean, sum } from './counting-rules';
import { firstDeployed } from './first-deployed';
import { firstTimeRule } from './first-time';
import { partsAccessed } from './parts-accessed';

const rules: ReadonlyMap<string, CountingRule> = new Map(
  [countThings, distinctBodies, distinctPersons, sum, mean, firstTimeRule, firstDeployed, partsAccessed].map(
    (rule) => [rule.id, rule],
  ),
);

/** The rule under an id, or undefined where this release has none. */
export function countingRule(id: string): CountingRule | undefined {
  return rules.get(id);
}

/** The ids of all rules, old ones included. */
export const countingRuleIds: readonly string[] = [...rules.keys()];
