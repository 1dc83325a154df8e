import type { EventData, LedgerEvent } from '@ledger/events';
import { attainability } from '../measures/share';
import type { ContentRule } from './content-rule';

type Survey = EventData<'SurveyResultRecorded'>;
type Found = ReturnType<ContentRule['check']>;

const none: Found = [];

/** A rule about surveys, which says nothing about anything else. */
function aboutSurveys(id: string, check: (survey: Survey) => Found): ContentRule {
  return {
    id,
    level: 'error',
    check: (event: LedgerEvent) => (event.type === 'SurveyResultRecorded' ? check(event.data) : none),
  };
}

function isPossible({ resultIn, result }: Survey): boolean {
  return resultIn !== 'percent' || Number(result) <= 100;
}

/** What a survey must say for its result to mean anything (A18). */
export const surveyRules: readonly ContentRule[] = [
  aboutSurveys('percentage-has-base', ({ resultIn, base }) =>
    resultIn === 'percent' && base === undefined
      ? [
          {
            path: 'base',
            message: 'a percentage without a base says nothing; give how many people answered the question',
          },
        ]
      : none,
  ),
  aboutSurveys('percentage-possible', (survey) =>
    isPossible(survey)
      ? none
      : [{ path: 'result', message: `${survey.result} is no percentage of people; give 0 to 100` }],
  ),
  aboutSurveys('percentage-attainable', (survey) => {
    const { resultIn, result, base, asPublished } = survey;
    if (resultIn !== 'percent' || base === undefined || asPublished === true || !isPossible(survey))
      return none;
    const found = attainability(result, base);
    if (found.attainable) return none;
    const nearest = found.nearest
      .map(({ numerator, percentage }) => `${numerator} of ${base} is ${percentage}`)
      .join(', ');
    return [
      {
        path: 'result',
        message: `no whole number of ${base} people gives ${result} per cent: ${nearest}; correct it, or record it as published`,
      },
    ];
  }),
  aboutSurveys('base-within-responses', ({ base, responses, invited }) => [
    ...(base !== undefined && base > responses
      ? [
          {
            path: 'base',
            message: `${base} people cannot have answered the question where ${responses} answered the survey`,
          },
        ]
      : none),
    ...(invited !== undefined && responses > invited
      ? [
          {
            path: 'responses',
            message: `${responses} people cannot have answered where ${invited} were asked to`,
          },
        ]
      : none),
  ]),
];
