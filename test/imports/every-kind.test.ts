import fc, { type Arbitrary } from 'fast-check';
import { RunningLedger } from '../running/running-ledger';
import { csv, importFile, type Report } from './file-imports';

/*
 * For every kind of record that files bring in: the run does what the dry run said, row by row, and the same file
 * once more adds nothing. Rows are mostly sound, so that most files are loaded.
 */

let ledger: RunningLedger;
beforeAll(async () => {
  ledger = await RunningLedger.start(false);
}, 60_000);
afterAll(() => ledger.stop());

interface Field {
  readonly name: string;
  readonly kind: string;
  readonly required: boolean;
  readonly options: readonly string[];
}

const kinds = [
  'PeerChallengeDelivered',
  'SupportProvided',
  'PlaceBooked',
  'CouncillorTrained',
  'CourseCompleted',
  'PlaceGivenUp',
  'OfficerDeveloped',
  'GraduatePlaced',
  'PeerTrained',
  'EventHeld',
  'GrantAwarded',
  'MembershipStarted',
  'MembershipEnded',
  'SavingsRecorded',
  'MetricObserved',
  'SurveyResultRecorded',
  'DeliverableAgreed',
  'EarlierSupportDeclared',
] as const;

test('the kinds are all there are', async () => {
  const { body } = await ledger.get('/api/mappings');
  expect(new Set(Object.keys(body['fields'] as object))).toEqual(new Set(kinds));
});

/** People of places that are given up: others than those of the kinds before, so that nobody is asked about. */
const givingUp: readonly string[] = ['Zoe Quill', 'Max Ferro'];

/** What people may type under a heading: the sound ones first, then what is refused, asked about or warned of. */
function typed(
  { name, kind, options }: Field,
  type: string,
): readonly [readonly string[], readonly string[]] {
  if (options.length > 0) return [options.slice(0, 3), ['neither']];
  switch (kind) {
    case 'offer':
      return type === 'PeerChallengeDelivered'
        ? [['corporate-peer-challenge'], ['cyber-security']]
        : [['cyber-security', 'Leadership Academy'], ['Cyber securty']];
    case 'savings-area':
      return [[''], ['no-such-area']];
    case 'span':
    case 'date':
      return name === 'agreedOn'
        ? [['3/4/2024'], ['31/6/2024']]
        : [
            ['3/6/2024', '4 June 2024'],
            ['Sept 24', '31/6/2024', '4 May 2012'],
          ];
    case 'body':
      return [
        ['Watford', 'Leeds'],
        ['Watfrod', 'E07000150'],
      ];
    case 'person':
      return [type === 'PlaceGivenUp' ? givingUp : ['Peer One', 'Peer Two'], ['1']];
    case 'pounds':
      return [
        ['£1,000', '2k'],
        ['1,5', 'tbc'],
      ];
    case 'year':
      return [['2024/25'], ['24']];
    case 'whole':
    case 'hundredths':
      return [['20'], ['some']];
    default:
      if (name === 'metric') return [['calls', 'visits'], ['Calls!']];
      return name === 'result' ? [['75', '80'], ['33']] : [['A', 'B'], ['x'.repeat(130)]];
  }
}

function cellOf(field: Field, type: string): Arbitrary<string> {
  const [sound, doubtful] = typed(field, type);
  const fine = fc.constantFrom(...sound);
  const empty = { arbitrary: fc.constant(''), weight: field.required || field.name === 'base' ? 1 : 6 };
  return fc.oneof(
    { arbitrary: fine, weight: 30 },
    { arbitrary: fc.constantFrom(...doubtful), weight: 1 },
    empty,
  );
}

/** Steps of what is there already, which a reference of their own would not find. */
const laterSteps: Readonly<Record<string, string>> = {
  PlaceGivenUp: 'PlaceBooked',
  MembershipEnded: 'MembershipStarted',
};

/** The columns of a tracker: all that must be filled in, and those for who took part. */
function columnsOf(fields: readonly Field[], type: string): readonly Field[] {
  const wanted = new Set(['bodies.recipient', 'body', 'base', 'title', 'comment']);
  if (!(type in laterSteps)) wanted.add('reference');
  return fields.filter(({ name, required }) => required || wanted.has(name));
}

/** Records every thing that rows of a later step may be of. */
async function recordFirstSteps(type: string): Promise<void> {
  const first = laterSteps[type];
  if (first === undefined) return;
  const rows = ['cyber-security', 'Leadership Academy'].flatMap((offer) =>
    ['Watford', 'Leeds'].flatMap((body) =>
      first === 'PlaceBooked'
        ? ['A', 'B'].flatMap((course) =>
            givingUp.map((person) => [offer, '2/4/2024', person, body, course, 'not stated']),
          )
        : ['3/6/2024', '4/6/2024'].map((from) => [offer, from, body]),
    ),
  );
  const headings =
    first === 'PlaceBooked'
      ? ['Offer', 'When', 'Person', 'Council or other body', 'Course', 'Party']
      : ['Offer', 'From', 'Council or other body'];
  const { status } = await importFile(ledger, csv([headings, ...rows]), first);
  if (status > 201) throw new Error(`The first steps of ${type} were not recorded: ${status}`);
}

/** What a report says of each row; the ids of records about new people are known only once they are kept. */
function said({ sheets, totals }: Report): unknown {
  return {
    totals,
    sheets: sheets.map((sheet) => ({
      ...sheet,
      rows: sheet.rows.map((row) => ({ ...row, record: undefined })),
    })),
  };
}

test.each(kinds)(
  '%s: the run does what the dry run said, and the same file twice adds nothing',
  async (type) => {
    const { body } = await ledger.get('/api/mappings');
    // The fields of each kind of record, as the API gives them.
    const fields = columnsOf(
      (body['fields'] as Readonly<Record<string, readonly Field[]>>)[type] ?? [],
      type,
    );
    const name = `kind-${type.toLowerCase()}`;
    const columns = fields.map((field) => ({ heading: `Our ${field.name}`, field: field.name }));
    const saved = await ledger.post('/api/mappings', { name, label: name, type, columns, fixed: [] });
    expect(saved.status).toBe(201);
    await recordFirstSteps(type);
    let loaded = 0;
    const row = fc.tuple(...fields.map((field) => cellOf(field, type)));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 3 }), async (rows) => {
        const file = csv([columns.map(({ heading }) => heading), ...rows]);
        const tried = await importFile(ledger, file, name, { dryRun: 'true' });
        const done = await importFile(ledger, file, name);
        expect(said(done)).toEqual(said(tried));
        const head = await ledger.head();
        const again = await importFile(ledger, file, name);
        expect(await ledger.head()).toEqual(head);
        if (done.recorded) loaded += 1;
        const isLoaded = done.status < 300;
        expect(isLoaded ? again.totals['unchanged'] : said(again)).toEqual(
          isLoaded ? again.totals['rows'] : said(done),
        );
      }),
      { numRuns: 20, seed: 1 },
    );
    expect([type, loaded > 0]).toEqual([type, true]);
  },
);
