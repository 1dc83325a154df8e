import { RunningLedger } from '../running/running-ledger';

export type Answer = Awaited<ReturnType<RunningLedger['post']>>;

/** Users of the demonstration who do the three parts. */
export const users = {
  team: 'programme-editor',
  approver: 'second-finance-verifier',
  verifier: 'finance-verifier',
  everyone: 'everyone',
  reader: 'report-writer',
  auditor: 'auditor',
} as const;
export type User = keyof typeof users;

const bodyName = 'Warrington';

/** What a claim of these tests says, unless a test says something else. */
function claimData(change: object = {}): object {
  return {
    offer: 'behavioural-insights',
    title: 'Saving on plans',
    bodies: [{ body: bodyName, role: 'recipient' }],
    occurred: { from: '2019-04-01', to: '2020-03-31', basis: 'stated' },
    gainType: 'cash-releasing efficiency',
    realisation: 'delivered',
    amounts: [
      {
        fromYear: 201920,
        toYear: 201920,
        basis: 'actual',
        grossPence: 145_000_00,
        costPence: 5_000_00,
        qualifier: 'exact',
      },
    ],
    recurrence: 'one-off',
    source: 'The council',
    method: 'actuals',
    ...change,
  };
}

export const baseline = {
  valuePence: 1_000_000_00,
  fromYear: 201819,
  toYear: 201819,
  source: 'Outturn of the service',
  sort: 'outturn',
  priceBasis: 'cash prices',
};

/** A ledger over HTTP, with what tests of claims do again and again. */
export class ClaimsLedger {
  /** Claims of one service and project are candidates for one another; those of these tests are not. */
  #claims = 0;

  /** Of the last command: what is asked after it includes what it recorded. */
  #cursor = '';

  private constructor(readonly running: RunningLedger) {}

  static async start(full = false): Promise<ClaimsLedger> {
    return new ClaimsLedger(await RunningLedger.start(full));
  }

  async post(path: string, body: unknown, user: User): Promise<Answer> {
    const answer = await this.running.post(path, body, { 'Ledger-User': users[user] });
    return this.#noted(answer);
  }

  async get(path: string, user: User = 'everyone'): Promise<Answer> {
    const response = await fetch(new URL(path, this.running.url), {
      headers: { 'Ledger-User': users[user] },
    });
    // Every answer of the API that these tests ask this way is a JSON object.
    const body = (await response.json()) as Answer['body'];
    return { status: response.status, body, headers: response.headers };
  }

  /** Records a claim and gives its id. */
  async claim(change: object = {}): Promise<string> {
    this.#claims += 1;
    const own = { service: `Service ${this.#claims}`, project: `Project ${this.#claims}` };
    const { body } = await this.post(
      '/api/records',
      {
        records: [{ type: 'SavingsRecorded', data: claimData({ ...own, ...change }), comment: 'As it was' }],
      },
      'team',
    );
    const [record] = (body['records'] ?? []) as readonly { readonly id: string }[];
    if (record === undefined) throw new RangeError(`The claim was not recorded: ${JSON.stringify(body)}`);
    return record.id;
  }

  async step(id: string, step: string, user: User, body: object = {}): Promise<Answer> {
    return this.post(`/api/claims/${id}/${step}`, body, user);
  }

  /** Attaches a text as evidence. */
  async attach(id: string, text: string, user: User = 'team', name = 'outturn.csv'): Promise<Answer> {
    const url = new URL(`/api/claims/${id}/evidence`, this.running.url);
    url.search = new URLSearchParams({ title: 'Outturn', sort: 'accounts', name }).toString();
    const response = await fetch(url, {
      method: 'POST',
      body: text,
      headers: { 'Ledger-User': users[user], 'content-type': 'application/octet-stream' },
    });
    const body = (await response.json()) as Answer['body'];
    return this.#noted({ status: response.status, body, headers: response.headers });
  }

  #noted(answer: Answer): Answer {
    const cursor = answer.body['cursor'];
    if (typeof cursor === 'string') this.#cursor = cursor;
    return answer;
  }

  /** Waits for everything that these commands recorded, and gives what an address answers. */
  async getNow(path: string, user: User = 'everyone'): Promise<Answer['body']> {
    const after = this.#cursor === '' ? '' : `${path.includes('?') ? '&' : '?'}after=${this.#cursor}`;
    const { body } = await this.get(`${path}${after}`, user);
    return body;
  }

  /** Up to the point at which somebody else may verify it. */
  async readyToVerify(change: object = {}): Promise<string> {
    const id = await this.claim(change);
    await this.step(id, 'propose-baseline', 'team', baseline);
    await this.attach(id, `evidence of ${id}`);
    await this.step(id, 'submit', 'team');
    await this.step(id, 'start-review', 'verifier');
    await this.step(id, 'agree-baseline', 'approver');
    return id;
  }

  /** A claim as everybody may read it now, with everything applied. */
  async read(id: string, user: User = 'everyone'): Promise<Answer['body']> {
    return this.getNow(`/api/claims/${id}`, user);
  }

  async stop(): Promise<void> {
    await this.running.stop();
  }
}

/** The codes of a refusal. */
export function codesOf({ body }: Answer): readonly unknown[] {
  const errors = (body['errors'] ?? []) as readonly { readonly code: string }[];
  return errors.map(({ code }) => code);
}
