import { figureMapping } from '@ledger/demonstration';

const groupings = ['region', 'type', 'control', 'party'] as const;

/** What is asked of a ledger over HTTP: the body of an answer. */
type Ask = (path: string) => Promise<Readonly<Record<string, unknown>>>;

const listed = (answer: Readonly<Record<string, unknown>>, name: string): readonly unknown[] => {
  const found = answer[name];
  return Array.isArray(found) ? found : [];
};

/** The path of every question that has a figure for an answer, over all years and offers that a ledger has. */
async function everyQuestion(ask: Ask): Promise<readonly string[]> {
  const years = listed(await ask('/api/years'), 'years').map((year) => encodeURIComponent(String(year)));
  const offers = listed(await ask('/api/offers'), 'offers').map((offer) =>
    String(Reflect.get(Object(offer), 'id')),
  );
  const last = years.at(-1) ?? '';
  return [
    '/api/years',
    '/api/offers',
    '/api/measures',
    '/api/councils',
    '/api/records?limit=200',
    '/api/duplicates',
    '/api/periods',
    ...years.flatMap((year) =>
      ['annual-totals', 'quarterly-totals', 'savings', 'deliverables'].map(
        (table) => `/api/${table}?year=${year}`,
      ),
    ),
    ...offers.map(
      (offer, turn) => `/api/take-up?offer=${offer}&year=${last}&by=${groupings[turn % groupings.length]}`,
    ),
    ...figureMapping.map(({ figure }) => `/api/figures/${figure}`),
  ];
}

/** Asks everything of both, and expects the same answers, statuses too. */
export async function expectSameAnswers(standalone: Answering, other: Answering): Promise<void> {
  const questions = await everyQuestion(async (path) => (await standalone.get(path)).body);
  expect(questions.length).toBeGreaterThan(150);
  for (const question of questions) {
    const { status, body } = await standalone.get(question);
    expect({ question, ...(await other.get(question)) }).toEqual({ question, status, body });
  }
}

/** Somebody who answers questions of the API. */
interface Answering {
  get(path: string): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }>;
}
