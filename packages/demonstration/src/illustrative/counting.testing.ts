import type { CouncilAt, CouncilGrouping } from '@ledger/councils';
import type { BodyInRole } from '@ledger/events';
import type { ConstraintRule, Expected, Selection } from './constraints';
import type { SampleRecord } from './sample-record';

/*
 * Counts records by the rules, with nothing of the generator or of the ledger's measures: plain sets and loops.
 */

/** The bodies a record names, in their roles. */
export function bodiesOf(record: SampleRecord): readonly BodyInRole[] {
  switch (record.type) {
    case 'PeerChallengeDelivered':
    case 'SupportProvided':
    case 'SavingsRecorded':
      return record.data.bodies;
    case 'PlaceBooked':
    case 'PlaceGivenUp':
    case 'CouncillorTrained':
    case 'CourseCompleted':
      return [{ body: record.data.body, role: 'participant' }];
    case 'GraduatePlaced':
      return [{ body: record.data.body, role: 'recipient' }];
    case 'MembershipStarted':
      return [{ body: record.data.body, role: 'member' }];
    case 'EarlierSupportDeclared':
      return [];
  }
}

export function isSelected(record: SampleRecord, of: Selection): boolean {
  if (!of.types.includes(record.type)) return false;
  if (of.offers !== undefined && !of.offers.includes(record.data.offer ?? '')) return false;
  if (record.type !== 'SavingsRecorded') return true;
  const { savingsArea, gainType, realisation } = record.data;
  return (
    (of.savingsArea === undefined || of.savingsArea === savingsArea) &&
    (of.gainType === undefined || of.gainType === gainType) &&
    (of.realisation === undefined || of.realisation === realisation)
  );
}

/** The distinct bodies reached. */
export function bodiesReached(records: readonly SampleRecord[], of: Selection): Set<string> {
  const reached = new Set<string>();
  for (const record of records)
    if (isSelected(record, of))
      for (const { body, role } of bodiesOf(record))
        if (of.roles === undefined || of.roles.includes(role)) reached.add(body);
  return reached;
}

function personOf(record: SampleRecord): string | undefined {
  return 'person' in record.data ? record.data.person : undefined;
}

/** Percent rounded half up, in whole numbers. */
export function percentOf(part: number, base: number): number {
  return Math.floor((200 * part + base) / (2 * base));
}

/** The group that alone has the highest (1) or lowest (-1) share; "shared" where two have. */
function extremeGroup(
  councils: readonly CouncilAt[],
  reached: ReadonlySet<string>,
  by: CouncilGrouping,
  direction: 1 | -1,
): string {
  const groups = [...new Set(councils.map((council) => String(council[by])))].map((group) => {
    const base = councils.filter((council) => council[by] === group);
    return { group, part: base.filter(({ bodyId }) => reached.has(bodyId)).length, base: base.length };
  });
  const ahead = groups.filter((one) =>
    groups.every((other) => other === one || direction * (one.part * other.base - other.part * one.base) > 0),
  );
  return ahead[0]?.group ?? 'shared';
}

/** What a rule came to: a number and the councils of the group it was counted in, or the name of a group. */
export type Counted = { readonly number: number; readonly base: number } | { readonly group: string };

/** Counts the records by a rule, on the councils of the last day of the year. */
export function countBy(
  rule: ConstraintRule,
  records: readonly SampleRecord[],
  councils: readonly CouncilAt[],
): Counted {
  const selected = records.filter((record) => isSelected(record, rule.of));
  const whole = (number: number): { number: number; base: number } => ({ number, base: councils.length });
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  switch (rule.count) {
    case 'records':
      return whole(selected.length);
    case 'persons':
      return whole(new Set(selected.flatMap((record) => personOf(record) ?? [])).size);
    case 'peer days in hundredths':
      return whole(
        sum(
          selected.flatMap((record) =>
            record.type === 'PeerChallengeDelivered'
              ? (record.data.team ?? []).map(({ daysHundredths = 0 }) => daysHundredths)
              : [],
          ),
        ),
      );
    case 'pence':
      return whole(
        sum(
          selected.flatMap((record) =>
            record.type === 'SavingsRecorded'
              ? record.data.amounts
                  .filter(({ fromYear, toYear }) => fromYear === 201617 && toYear === 201617)
                  .map(({ grossPence }) => grossPence)
              : [],
          ),
        ),
      );
    case 'councils': {
      const reached = bodiesReached(records, rule.of);
      const alsoIn = rule.alsoIn === undefined ? reached : bodiesReached(records, rule.alsoIn);
      const group = rule.in;
      const base = councils.filter((council) => group === undefined || council[group.by] === group.group);
      const counted = base.filter(({ bodyId }) => reached.has(bodyId) && alsoIn.has(bodyId));
      return { number: counted.length, base: base.length };
    }
    case 'group with the highest share':
      return { group: extremeGroup(councils, bodiesReached(records, rule.of), rule.by, 1) };
    case 'group with the lowest share':
      return { group: extremeGroup(councils, bodiesReached(records, rule.of), rule.by, -1) };
  }
}

/** What was counted, and what it should have been, in the same members. */
export function besideExpected(
  counted: Counted,
  expected: Expected,
): { readonly counted: unknown; readonly expected: unknown } {
  if ('group' in expected || 'group' in counted) return { counted, expected };
  const { number, base } = counted;
  if ('exactly' in expected)
    return {
      counted: {
        exactly: number,
        ...(expected.base !== undefined && { base }),
        ...(expected.percent !== undefined && { percent: percentOf(number, base) }),
      },
      expected,
    };
  const { moreThan, atMost = Infinity } = expected;
  // A number within its bounds stands for itself.
  const within = number > moreThan && number <= atMost;
  return { counted: number, expected: within ? number : expected };
}
