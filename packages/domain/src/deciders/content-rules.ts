import {
  addDays,
  dateInWords,
  daysInWords,
  isFinancialYear,
  isLondonDate,
  nearestDays,
} from '@ledger/calendar';
import type { EventType, LedgerEvent } from '@ledger/events';
import { amountInWords } from '../claims/amount-in-words';
import type { ContentRule } from './content-rule';
import type { DecisionContext } from './decision';
import { deliverableRules } from './deliverable-rules';
import { hierarchyRules } from './hierarchy-rules';
import type { Fault } from './refusal';
import { surveyRules } from './survey-rules';

type Span = { readonly from: string; readonly to: string };

/** When a content event says it happened, and the path of it. */
export function spanOfContent(event: LedgerEvent): (Span & { readonly path: string }) | undefined {
  switch (event.type) {
    case 'MembershipStarted':
      return { from: event.data.from, to: event.data.from, path: 'from' };
    case 'MembershipEnded':
      return { from: event.data.on, to: event.data.on, path: 'on' };
    case 'DeliverableAgreed':
      return { from: event.data.agreedOn, to: event.data.agreedOn, path: 'agreedOn' };
    case 'DeliverableRated':
      return { from: event.data.asAt, to: event.data.asAt, path: 'asAt' };
    case 'EarlierSupportDeclared':
      return { from: event.data.upTo, to: event.data.upTo, path: 'upTo' };
    default:
      if (!('occurred' in event.data)) return undefined;
      return { from: event.data.occurred.from, to: event.data.occurred.to, path: 'occurred' };
  }
}

/** Every body a content event names, with the path of it. */
function bodiesOfContent(event: LedgerEvent): readonly { readonly body: string; readonly path: string }[] {
  const { data } = event;
  const found: { body: string; path: string }[] = [];
  if ('bodies' in data)
    data.bodies?.forEach(({ body }, at) => found.push({ body, path: `bodies[${at}].body` }));
  if ('body' in data && data.body !== undefined) found.push({ body: data.body, path: 'body' });
  if (event.type === 'PeerChallengeDelivered')
    event.data.team?.forEach(({ home }, at) => {
      if (home !== undefined) found.push({ body: home, path: `team[${at}].home` });
    });
  return found;
}

const none: readonly Omit<Fault, 'code'>[] = [];

function datesExist(event: LedgerEvent): readonly Omit<Fault, 'code'>[] {
  const span = spanOfContent(event);
  if (span === undefined) return none;
  const named: [string, string][] =
    span.path === 'occurred'
      ? [
          ['occurred.from', span.from],
          ['occurred.to', span.to],
        ]
      : [[span.path, span.from]];
  return named.flatMap(([path, date]) => {
    const message = whyNoDay(date);
    return message === null ? [] : [{ path, message }];
  });
}

/** What the rule `date-exists` says of a date; null for one that is in the calendar. */
export function whyNoDay(date: string): string | null {
  if (isLondonDate(date)) return null;
  const nearest = nearestDays(date);
  return `${date} is not in the calendar; ${nearest.length === 0 ? 'give a day that exists' : `give ${daysInWords(nearest)}`}`;
}

function duplicates(keys: readonly string[]): number[] {
  return keys.flatMap((key, at) => (keys.indexOf(key) < at ? [at] : []));
}

function yearOfOffer(event: LedgerEvent): string | undefined {
  return 'offer' in event.data ? event.data.offer : undefined;
}

const rules: readonly ContentRule[] = [
  { id: 'date-exists', level: 'error', check: datesExist },
  {
    id: 'from-not-after-to',
    level: 'error',
    check: (event) => {
      const span = spanOfContent(event);
      if (span === undefined || span.from <= span.to) return none;
      return [
        {
          path: 'occurred',
          message: `it ends on ${span.to}, before it begins on ${span.from}; swap the two days`,
        },
      ];
    },
  },
  {
    id: 'not-in-the-future',
    level: 'error',
    check: (event, { today }) => {
      const span = spanOfContent(event);
      if (span === undefined || span.to <= today) return none;
      const path = span.path === 'occurred' ? 'occurred.to' : span.path;
      return [
        {
          path,
          message: `${span.to} is after the day of recording, ${today}; record what has happened, once it has ended`,
        },
      ];
    },
  },
  {
    id: 'body-exists',
    level: 'error',
    check: (event, { bodies }) => {
      const span = spanOfContent(event);
      if (span === undefined || datesExist(event).length > 0) return none;
      return bodiesOfContent(event).flatMap(({ body, path }) => {
        // A declaration about earlier times is about a body that may be younger than them.
        if (event.type === 'EarlierSupportDeclared') return [];
        const problem = bodies.problemDuring(body, span);
        return problem === null ? [] : [{ path, message: problem }];
      });
    },
  },
  {
    id: 'offer-declared',
    level: 'error',
    check: (event, { offers }) => {
      const offer = yearOfOffer(event);
      if (offer === undefined || offers.offer(offer) !== undefined) return none;
      return [
        {
          path: 'offer',
          message: `there is no offer “${offer}”; declare it first, or choose one of the catalogue`,
        },
      ];
    },
  },
  {
    id: 'savings-area-declared',
    level: 'error',
    check: (event, { offers }) => {
      if (event.type !== 'SavingsRecorded' || event.data.savingsArea === undefined) return none;
      const area = event.data.savingsArea;
      return offers.savingsArea(area)
        ? none
        : [{ path: 'savingsArea', message: `there is no savings area “${area}”` }];
    },
  },
  {
    id: 'peer-challenge-offer',
    level: 'error',
    check: (event, { offers }) => {
      const offer = event.type === 'PeerChallengeDelivered' ? offers.offer(event.data.offer) : undefined;
      if (event.type !== 'PeerChallengeDelivered' || offer === undefined || offer.peerChallenge) return none;
      return [
        {
          path: 'offer',
          message: `“${event.data.offer}” is no peer challenge; record it as SupportProvided`,
        },
      ];
    },
  },
  {
    id: 'challenge-recorded-as-challenge',
    level: 'error',
    check: (event, { offers }) => {
      if (event.type !== 'SupportProvided' || offers.offer(event.data.offer)?.peerChallenge !== true)
        return none;
      return [
        {
          path: 'offer',
          message: `“${event.data.offer}” is a peer challenge; record it as PeerChallengeDelivered`,
        },
      ];
    },
  },
  {
    id: 'body-once-in-a-role',
    level: 'error',
    check: ({ data }) => {
      const bodies = 'bodies' in data ? (data.bodies ?? []) : [];
      return duplicates(bodies.map(({ body, role }) => `${body} ${role}`)).map((at) => ({
        path: `bodies[${at}]`,
        message: 'the same body stands twice in the same role; name it once',
      }));
    },
  },
  {
    id: 'person-once-in-a-team',
    level: 'error',
    check: (event) => {
      if (event.type !== 'PeerChallengeDelivered') return none;
      return duplicates((event.data.team ?? []).map(({ person }) => person)).map((at) => ({
        path: `team[${at}].person`,
        message: 'the same person stands twice in the team; name each once',
      }));
    },
  },
  {
    id: 'body-or-person',
    level: 'error',
    check: (event) => {
      if (event.type !== 'EarlierSupportDeclared') return none;
      const { body, person } = event.data;
      return (body === undefined) === (person === undefined)
        ? [{ path: 'body', message: 'give either a body or a person, not both and not neither' }]
        : none;
    },
  },
  {
    id: 'amount-years',
    level: 'error',
    check: (event) => {
      if (event.type !== 'SavingsRecorded') return none;
      return event.data.amounts.flatMap(({ fromYear, toYear }, at) => {
        const bad = [fromYear, toYear].find((year) => !isFinancialYear(year));
        if (bad !== undefined)
          return [
            { path: `amounts[${at}]`, message: `${bad} is no financial year; 2016/17 is written 201617` },
          ];
        return fromYear > toYear
          ? [{ path: `amounts[${at}]`, message: 'its last year is before its first; swap them' }]
          : [];
      });
    },
  },
  {
    id: 'shares-add-up',
    level: 'error',
    check: (event) => {
      if (event.type !== 'SavingsRecorded') return none;
      const shares = event.data.bodies.flatMap(({ sharePence }) =>
        sharePence === undefined ? [] : [sharePence],
      );
      if (shares.length === 0) return none;
      if (shares.length < event.data.bodies.length)
        return [{ path: 'bodies', message: 'give the share of every body, or of none' }];
      const given = shares.reduce((sum, share) => sum + share, 0);
      const total = event.data.amounts.reduce((sum, { grossPence }) => sum + grossPence, 0);
      if (given === total) return none;
      return [
        {
          path: 'bodies',
          message: `the shares come to ${amountInWords(given)}, the amounts to ${amountInWords(total)}; they must agree to the penny`,
        },
      ];
    },
  },
  {
    id: 'delivered-is-not-forecast',
    level: 'error',
    check: (event) => {
      if (event.type !== 'SavingsRecorded' || event.data.realisation !== 'delivered') return none;
      return event.data.amounts.every(({ basis }) => basis === 'forecast')
        ? [
            {
              path: 'realisation',
              message:
                'what is only forecast is not delivered; give an actual amount, or another realisation',
            },
          ]
        : none;
    },
  },
  ...surveyRules,
  ...deliverableRules,
  ...hierarchyRules,
  {
    id: 'long-ago',
    level: 'warning',
    check: (event, { today }) => {
      const span = spanOfContent(event);
      const long = addDays(today, -6 * 365);
      // Memberships and declarations are about long ago by nature.
      if (span?.path !== 'occurred' || !isLondonDate(span.to) || span.to >= long) return none;
      return [
        {
          path: 'occurred.to',
          message: `it ended on ${dateInWords(span.to)}, more than six years ago; check the year`,
        },
      ];
    },
  },
  {
    id: 'large-team',
    level: 'warning',
    check: (event) =>
      event.type === 'PeerChallengeDelivered' && (event.data.team?.length ?? 0) > 20
        ? [{ path: 'team', message: `a team of ${event.data.team?.length} is unusual; check it` }]
        : none,
  },
];

/** The ids of all rules, for the tests that fire each by every route (A4). */
export const contentRuleIds: readonly string[] = rules.map(({ id }) => id);

/** The ids of the rules that warn: what they find is accepted with a comment (A5). */
export const warningRuleIds: ReadonlySet<string> = new Set(
  rules.filter(({ level }) => level === 'warning').map(({ id }) => id),
);

/** What is wrong with a content event: errors refuse it, warnings want a comment. */
export function checkContent(
  event: LedgerEvent,
  context: DecisionContext,
): { readonly errors: readonly Fault[]; readonly warnings: readonly Fault[] } {
  const found = rules.flatMap(({ id, level, check }) =>
    check(event, context).map((fault) => ({
      level,
      fault: { ...fault, code: id, path: `data.${fault.path}` },
    })),
  );
  const of = (level: ContentRule['level']): Fault[] =>
    found.flatMap((one) => (one.level === level ? [one.fault] : []));
  return { errors: of('error'), warnings: of('warning') };
}

/** Which types of event are contents of records. */
export function isRecordContent(type: EventType): boolean {
  return recordContentTypes.has(type);
}

const recordContentTypes: ReadonlySet<EventType> = new Set([
  'PeerChallengeDelivered',
  'PlaceBooked',
  'CouncillorTrained',
  'CourseCompleted',
  'PlaceGivenUp',
  'SupportProvided',
  'OfficerDeveloped',
  'GraduatePlaced',
  'PeerTrained',
  'EventHeld',
  'GrantAwarded',
  'MembershipStarted',
  'MembershipEnded',
  'MetricObserved',
  'SurveyResultRecorded',
  'EarlierSupportDeclared',
  'FigureBroughtForward',
  'SavingsRecorded',
  'DeliverableAgreed',
  'DeliverableRated',
]);
