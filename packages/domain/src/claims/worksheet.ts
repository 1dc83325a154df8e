import { WorksheetTest, type EventData } from '@ledger/events';
import type { Fault } from '../deciders/refusal';
import { claimFault } from './claim-faults';

export type TestedLine = EventData<'ClaimTested'>['tests'][number];
export type Grade = 'sufficient' | 'partial' | 'insufficient';

/** Every test there is, in the order of the worksheet. */
export const worksheetTests: readonly TestedLine['test'][] = WorksheetTest.options;

/** Without these nothing can be said of a claim; they are always applicable. */
const essential: readonly TestedLine['test'][] = ['evidence', 'baseline', 'double count'];

/** How a grade follows from the tests (B10): published, and never edited. */
export const gradeRule = {
  id: 'worksheet-grade/1',
  words:
    'Sufficient: no test failed. Insufficient: evidence, baseline or double count failed, or three tests or more. Partial: anything else.',
};

/** The grade of a worksheet, by the one rule. */
export function gradeOf(tests: readonly TestedLine[]): Grade {
  const failed = tests.filter(({ result }) => result === 'failed').map(({ test }) => test);
  if (failed.length === 0) return 'sufficient';
  return failed.length >= 3 || failed.some((test) => essential.includes(test)) ? 'insufficient' : 'partial';
}

/** What a worksheet lacks: each test is answered once, and the essential ones are always applicable. */
export function worksheetFaults(tests: readonly TestedLine[]): Fault[] {
  const missing = worksheetTests.filter((test) => tests.every((one) => one.test !== test));
  return [
    ...missing.map((test) =>
      claimFault(
        'every-test',
        'tests',
        `the test “${test}” is not answered: passed, failed or not applicable`,
      ),
    ),
    ...tests.flatMap(({ test, result }, at): Fault[] => {
      if (tests.findIndex((one) => one.test === test) < at)
        return [claimFault('test-once', `tests[${at}].test`, `“${test}” stands twice; answer it once`)];
      return essential.includes(test) && result === 'not applicable'
        ? [
            claimFault(
              'test-applies',
              `tests[${at}].result`,
              `“${test}” applies to every claim; it is passed or failed`,
            ),
          ]
        : [];
    }),
  ];
}
