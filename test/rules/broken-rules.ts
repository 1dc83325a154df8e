import { bodyIdOf } from '@ledger/councils';
import { derivedId } from '@ledger/events';

type Data = Readonly<Record<string, unknown>>;

/** A record that breaks one rule and no other. */
export interface BrokenRule {
  readonly rule: string;
  readonly type: string;
  readonly data: Data;
  /** The record of which it is a further step. */
  readonly id?: string;
}

const watford = { body: 'Watford', role: 'recipient' };
const stated = (from: string, to = from): Data => ({ from, to, basis: 'stated' });
const occurred = stated('2025-06-02', '2025-06-03');

function support(more: Data): Pick<BrokenRule, 'type' | 'data'> {
  return { type: 'SupportProvided', data: { offer: 'cyber-security', occurred, bodies: [watford], ...more } };
}
function challenge(more: Data): Pick<BrokenRule, 'type' | 'data'> {
  return {
    type: 'PeerChallengeDelivered',
    data: { offer: 'corporate-peer-challenge', occurred, bodies: [watford], ...more },
  };
}
const amount = {
  fromYear: 202526,
  toYear: 202526,
  basis: 'forecast',
  grossPence: 10_000,
  qualifier: 'exact',
};
function claim(more: Data): Pick<BrokenRule, 'type' | 'data'> {
  return {
    type: 'SavingsRecorded',
    data: {
      title: 'A claim',
      bodies: [watford],
      occurred,
      gainType: 'income',
      realisation: 'identified',
      amounts: [amount],
      recurrence: 'one-off',
      source: 'A letter',
      method: 'not stated',
      ...more,
    },
  };
}
function survey(more: Data): Pick<BrokenRule, 'type' | 'data'> {
  return {
    type: 'SurveyResultRecorded',
    data: {
      question: 'Was it of use?',
      scale: 'yes or no',
      occurred,
      resultIn: 'percent',
      result: '48',
      base: 25,
      responses: 25,
      ...more,
    },
  };
}
const peer = (name: string): Data => ({ person: derivedId('peer', name), role: 'member' });

/** A deliverable to rate, that breaks no rule. */
export const agreement = {
  type: 'DeliverableAgreed',
  id: derivedId('test', 'deliverable'),
  data: {
    title: 'A deliverable',
    year: 202526,
    agreedOn: '2025-04-01',
    target: 'Done',
    greenMeans: 'done',
    amberMeans: 'will be done',
    redMeans: 'will not be done',
  },
} as const;

/** An offer whose activities are parts of one another. */
export const levelledOffer = {
  id: 'levelled-support',
  type: 'OfferDeclared',
  data: { label: 'Support in levels', programme: 'productivity', countedLevel: 'session' },
} as const;

/** For each rule of recording a record that breaks it. */
export const brokenRules: readonly BrokenRule[] = [
  { rule: 'date-exists', ...support({ occurred: stated('2025-02-29', '2025-03-01') }) },
  { rule: 'from-not-after-to', ...support({ occurred: stated('2025-06-03', '2025-06-01') }) },
  { rule: 'not-in-the-future', ...support({ occurred: stated('2099-01-05') }) },
  {
    rule: 'body-exists',
    // Ended in 2021: a name would not be found on the day, an id is.
    ...challenge({ team: [{ ...peer('a'), home: bodyIdOf('corby-borough-council') }] }),
  },
  { rule: 'offer-declared', ...support({ offer: 'no-such-offer' }) },
  { rule: 'savings-area-declared', ...claim({ savingsArea: 'no-such-area' }) },
  { rule: 'peer-challenge-offer', ...challenge({ offer: 'cyber-security' }) },
  { rule: 'challenge-recorded-as-challenge', ...support({ offer: 'corporate-peer-challenge' }) },
  { rule: 'body-once-in-a-role', ...support({ bodies: [watford, watford] }) },
  { rule: 'person-once-in-a-team', ...challenge({ team: [peer('a'), { ...peer('a'), role: 'lead' }] }) },
  {
    rule: 'body-or-person',
    type: 'EarlierSupportDeclared',
    data: { offer: 'cyber-security', had: true, upTo: '2015-03-31', source: 'A letter' },
  },
  { rule: 'amount-years', ...claim({ amounts: [{ ...amount, toYear: 202425 }] }) },
  { rule: 'shares-add-up', ...claim({ bodies: [{ ...watford, sharePence: 9_900 }] }) },
  { rule: 'delivered-is-not-forecast', ...claim({ realisation: 'delivered' }) },
  {
    rule: 'percentage-has-base',
    type: 'SurveyResultRecorded',
    data: {
      question: 'Was it of use?',
      scale: 'yes or no',
      occurred,
      resultIn: 'percent',
      result: '48',
      responses: 25,
    },
  },
  { rule: 'percentage-possible', ...survey({ result: '148' }) },
  { rule: 'percentage-attainable', ...survey({ base: 36, responses: 36 }) },
  { rule: 'base-within-responses', ...survey({ responses: 20 }) },
  { rule: 'deliverable-year', type: agreement.type, data: { ...agreement.data, year: 202425 } },
  {
    rule: 'definition-whole',
    type: 'DeliverableRated',
    id: agreement.id,
    data: { asAt: '2025-06-30', rag: 'green', greenMeans: 'done' },
  },
  { rule: 'level-given', ...support({ offer: levelledOffer.id }) },
  { rule: 'level-declared', ...support({ level: 'project' }) },
  {
    rule: 'part-of-whole',
    ...support({ offer: levelledOffer.id, level: 'session', partOf: derivedId('test', 'no such whole') }),
  },
  { rule: 'long-ago', ...support({ occurred: stated('2012-06-01') }) },
  {
    rule: 'large-team',
    ...challenge({ team: Array.from({ length: 21 }, (_, at) => peer(`peer ${at}`)) }),
  },
];

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same record as somebody would type it into its form; written apart from the code of the forms. */
export function asTyped(data: Data): Record<string, string> {
  const typed: Record<string, string> = {};
  const type = (name: string, field: string, value: unknown): void => {
    if (isData(value)) typed[name] = `${String(value['from'])} to ${String(value['to'])}`;
    else if (typeof value === 'boolean') typed[name] = value ? 'yes' : 'no';
    else if (field.endsWith('Pence')) typed[name] = `£${(Number(value) / 100).toFixed(2)}`;
    else if (field.endsWith('Year') || field === 'year')
      typed[name] = `${String(value).slice(0, 4)}/${String(value).slice(4)}`;
    // A form is given names; one name is one person.
    else if (field === 'person') typed[name] = `Peer ${String(value).replaceAll(/[^a-f]/g, '')}`;
    else typed[name] = String(value);
  };
  for (const [field, value] of Object.entries(data))
    if (Array.isArray(value))
      value.forEach((row: unknown, at) => {
        for (const [inner, one] of Object.entries(isData(row) ? row : {}))
          type(`${field}-${at}-${inner}`, inner, one);
      });
    else type(field, field, value);
  return typed;
}
