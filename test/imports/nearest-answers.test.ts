import { RunningLedger } from '../running/running-ledger';
import { csv, importFile } from './file-imports';

/*
 * Whatever is wrong with a cell is said with the nearest right answer, or the nearest two, where there are such; where there
 * are none nothing is guessed. Each answer, written into the cell, is read.
 */

let ledger: RunningLedger;
beforeAll(async () => {
  ledger = await RunningLedger.start(false);
  for (const [name, { type, columns }] of Object.entries(kinds))
    await ledger.post('/api/mappings', {
      name,
      label: name,
      type,
      columns: columns.map(([field, , unit]) => ({
        heading: field,
        field,
        ...(unit !== undefined && { unit }),
      })),
      fixed: [],
    });
}, 60_000);
afterAll(() => ledger.stop());

interface Kind {
  readonly type: string;
  /** Each field, with a value that is right, and what its numbers count. */
  readonly columns: readonly (readonly [field: string, right: string, unit?: string])[];
}

const grant = (unit?: string): Kind => ({
  type: 'GrantAwarded',
  columns: [
    ['offer', 'Housing advisers'],
    ['occurred', '4/6/2025'],
    ['title', 'A grant'],
    ['bodies.recipient', 'Watford'],
    unit === undefined ? ['pence', '100'] : ['pence', '100', unit],
  ],
});
const kinds: Readonly<Record<string, Kind>> = {
  support: {
    type: 'SupportProvided',
    columns: [
      ['offer', 'Cyber security'],
      ['occurred', '4/6/2025'],
      ['title', 'A review'],
      ['bodies.recipient', 'Watford'],
    ],
  },
  spans: {
    type: 'SupportProvided',
    columns: [
      ['offer', 'Cyber security'],
      ['occurred.from', '4/6/2025'],
      ['occurred.to', '5/6/2025'],
      ['title', 'A review'],
      ['bodies.recipient', 'Watford'],
    ],
  },
  grant: grant(),
  thousands: grant('thousands'),
  survey: {
    type: 'SurveyResultRecorded',
    columns: [
      ['question', 'Was it of use?'],
      ['occurred', '4/6/2025'],
      ['scale', 'yes or no'],
      ['resultIn', 'percent'],
      ['result', '48'],
      ['base', '25'],
      ['responses', '25'],
    ],
  },
  claim: {
    type: 'SavingsRecorded',
    columns: [
      ['title', 'A claim'],
      ['bodies.recipient', 'Watford'],
      ['occurred', '4/6/2025'],
      ['gainType', 'income'],
      ['realisation', 'identified'],
      ['amounts.1.fromYear', '2025/26'],
      ['amounts.1.toYear', '2025/26'],
      ['amounts.1.basis', 'forecast'],
      ['amounts.1.grossPence', '100'],
      ['amounts.1.qualifier', 'exact'],
      ['recurrence', 'one-off'],
      ['source', 'A letter'],
      ['method', 'not stated'],
    ],
  },
  membership: {
    type: 'MembershipStarted',
    columns: [
      ['offer', 'Cyber security'],
      ['body', 'Watford'],
      ['from', '1/4/2025'],
    ],
  },
};

async function said(
  kind: string,
  field: string,
  value: string,
): Promise<
  readonly {
    readonly code: string;
    readonly message: string;
    readonly column: string;
    readonly nearest: readonly string[];
  }[]
> {
  const columns = kinds[kind]?.columns ?? [];
  const file = csv([
    columns.map(([name]) => name),
    columns.map(([name, right]) => (name === field ? value : right)),
  ]);
  const { sheets } = await importFile(ledger, file, kind, { dryRun: 'true' });
  const faults = sheets[0]?.rows[0]?.faults ?? [];
  return faults.map((fault) => ({
    code: fault.code,
    message: fault.message,
    column: fault.column ?? '',
    nearest: [fault.suggestion ?? [], fault.alternative ?? []].flat(),
  }));
}

const cases: readonly (readonly [
  kind: string,
  field: string,
  value: string,
  code: string,
  ...nearest: readonly string[],
])[] = [
  // A day or a span.
  ['support', 'occurred', '31 June 2018', 'date-exists', '30 June 2018', '1 July 2018'],
  ['support', 'occurred', '06/13/2018', 'unreadable', '13 June 2018'],
  ['support', 'occurred', '2018', 'unreadable', '2017/18', '2018/19'],
  ['support', 'occurred', 'tbc', 'unreadable'],
  ['support', 'occurred', 'Sept', 'unreadable'],
  ['support', 'occurred', 'Sept 24', 'date-two-ways', 'Sept 2024'],
  ['support', 'occurred', '45447', 'date-two-ways', '4 June 2024', '5 June 2028'],
  ['support', 'occurred', '7 to 4 June 2025', 'from-not-after-to', '4 to 7 June 2025'],
  ['support', 'occurred', '12,500', 'unreadable'],
  ['support', 'occurred', '', 'missing'],
  ['spans', 'occurred.from', '31/6/2024', 'date-exists', '30 June 2024', '1 July 2024'],
  ['spans', 'occurred.to', '31/6/2025', 'date-exists', '30 June 2025', '1 July 2025'],
  ['spans', 'occurred.to', '06/13/2025', 'unreadable', '13 June 2025'],
  ['spans', 'occurred.to', '3/6/2025', 'from-not-after-to'],
  ['membership', 'from', '31/4/2025', 'date-exists', '30 April 2025', '1 May 2025'],
  ['membership', 'from', 'June 2025', 'unreadable'],
  // An amount.
  ['grant', 'pence', '12,5', 'amount-two-ways', '12.5'],
  ['grant', 'pence', '£1.2.3', 'unreadable', '1.23', '12.30'],
  ['grant', 'pence', '£1.250.00', 'unreadable', '1,250'],
  ['grant', 'pence', '1.234', 'amount-two-ways', '1,234'],
  ['grant', 'pence', '1,25,000', 'amount-two-ways', '125,000'],
  ['grant', 'pence', '12500 GBP', 'unreadable', '12,500'],
  ['grant', 'pence', '12.5 million', 'unreadable', '12.5m'],
  ['grant', 'pence', '12,500.555', 'unreadable', '12,500.55', '12,500.56'],
  ['grant', 'pence', '1O0', 'unreadable', '100'],
  ['grant', 'pence', 'nil', 'unreadable', '0'],
  ['grant', 'pence', '(12,500)', 'too-small', '12,500'],
  ['grant', 'pence', 'tbc', 'unreadable'],
  ['grant', 'pence', '£10k-£12k', 'unreadable'],
  ['grant', 'pence', 'Watford', 'unreadable'],
  ['thousands', 'pence', '£12,500.00', 'amount-two-ways', '12.5', '12,500.00'],
  ['thousands', 'pence', '12500 GBP', 'unreadable'],
  // A name.
  ['support', 'offer', 'Cyber securty', 'offer-declared', 'Cyber security'],
  ['support', 'offer', 'Peer challange', 'offer-declared'],
  ['support', 'offer', '12', 'offer-declared'],
  ['support', 'offer', '4/6/2025', 'offer-declared'],
  ['support', 'bodies.recipient', 'Watfrod', 'body-known', 'Watford Borough Council'],
  ['support', 'bodies.recipient', 'Adur; Worthng', 'body-known', 'Adur; Worthing Borough Council'],
  [
    'support',
    'bodies.recipient',
    'Northamptonshire',
    'body-known',
    'North Northamptonshire Council',
    'West Northamptonshire Council',
  ],
  ['support', 'bodies.recipient', '12', 'body-known'],
  ['support', 'title', 'x'.repeat(121), 'too-big'],
  // A choice.
  ['claim', 'gainType', 'incom', 'not-among', 'income'],
  ['claim', 'gainType', 'efficiency', 'not-among', 'cash-releasing efficiency'],
  ['claim', 'method', 'estimate', 'not-among', "council's estimate", "consultant's estimate"],
  ['claim', 'method', 'tbc', 'not-among'],
  ['survey', 'resultIn', '%', 'not-among', 'percent'],
  ['survey', 'resultIn', 'number', 'not-among'],
  // A number.
  ['claim', 'amounts.1.fromYear', '2025', 'unreadable', '2024/25', '2025/26'],
  ['claim', 'amounts.1.fromYear', '25/26', 'unreadable', '2025/26'],
  ['claim', 'amounts.1.fromYear', '1 May 2025', 'unreadable', '2025/26'],
  ['survey', 'base', '25.5', 'unreadable', '25', '26'],
  ['survey', 'base', '25 people', 'unreadable', '25'],
  ['survey', 'base', '0', 'too-small'],
  ['survey', 'result', '48,5', 'invalid-format', '48.5'],
  ['survey', 'result', 'tbc', 'invalid-format'],
];

test.each(cases)('%s, %s: “%s” is %s', async (kind, field, value, code, ...nearest) => {
  const found = (await said(kind, field, value)).filter((one) => one.code === code);
  expect(found.map((one) => one.nearest)).toEqual([nearest]);
  const [fault] = found;
  // What is read names what stands there, and in which column.
  const at = kinds[kind]?.columns.findIndex(([name]) => name === field) ?? 0;
  expect(fault?.column).toBe('ABCDEFGHIJKLM'[at]);
  expect(fault?.message).not.toMatch(/^must be/);
  // An answer is read, whatever else may be asked about it.
  for (const answer of nearest)
    expect((await said(kind, field, answer)).map((one) => one.code)).not.toContain(code);
});
