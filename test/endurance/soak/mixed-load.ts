import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '@ledger/events';
import type { Answer, ServedLedger } from '../../durability/served-ledger';
import { Random } from '../../histories/random';

const operations = {
  record: 30,
  correct: 10,
  import: 1,
  'annual totals': 15,
  'take-up': 10,
  savings: 10,
  'councillors by party': 5,
  'as recorded by': 10,
  explain: 9,
} as const;
export type Operation = keyof typeof operations;
/** All of them, in the order of the page. */
export const operationNames = Object.keys(operations) as Operation[];

const rowsOfImport = 100;
/** The first of what was refused say what is wrong. */
const mostRefused = 10;
/** What is measured begins after this part of the time: caches are filled as they are on any day. */
const warmUp = 0.1;

/** Asks and records at a steady pace, by several clients, and keeps how long each answer took. */
export class MixedLoad {
  readonly taken = new Map<Operation, number[]>(operationNames.map((name) => [name, []]));
  /** What was not answered as it must be. */
  readonly refused: string[] = [];
  readonly #random: Random;
  /** Activities that may be corrected, each with what it says. */
  readonly #recorded: { readonly id: string; readonly data: Readonly<Record<string, unknown>> }[] = [];
  #bodies: readonly string[] = [];
  #offers: readonly string[] = [];
  #head = 0;

  constructor(
    readonly ledger: ServedLedger,
    seed: number,
  ) {
    this.#random = new Random(seed);
  }

  /** Keeps going for so many seconds, so many operations in each. */
  async run(seconds: number, perSecond: number): Promise<void> {
    await this.#lookAround();
    const began = performance.now();
    const total = Math.round(seconds * perSecond);
    let next = 0;
    const client = async (): Promise<void> => {
      for (let number = next++; number < total; number = next++) {
        const due = began + (number * 1000) / perSecond;
        // The pace of the load, not a wait for anything.
        if (due > performance.now()) await pause(due - performance.now());
        await this.#operate(number >= total * warmUp);
      }
    };
    await Promise.all(Array.from({ length: 8 }, client));
  }

  /** Which bodies and offers this ledger has. */
  async #lookAround(): Promise<void> {
    const councils = await this.ledger.get('/api/councils?on=2025-06-01');
    const offers = await this.ledger.get('/api/offers');
    // As the API describes these answers. A peer challenge is recorded as one, and not as support.
    const offered = offers.body['offers'] as { readonly id: string; readonly peerChallenge: boolean }[];
    this.#offers = offered.flatMap(({ id, peerChallenge }) => (peerChallenge ? [] : id));
    this.#bodies = (councils.body['councils'] as { readonly id: string }[]).map(({ id }) => id);
    this.#head = Number((await this.ledger.get('/api/annual-totals?year=2025/26')).body['position']);
  }

  async #operate(measured: boolean): Promise<void> {
    const name = this.#random.weighted(operationNames.map((one) => [operations[one], one] as const));
    const send = this.#request(name);
    const began = performance.now();
    const answer = await send();
    const milliseconds = performance.now() - began;
    if (answer.status >= 300 && this.refused.length < mostRefused)
      this.refused.push(`${name}: ${answer.status} ${String(answer.body['detail'])}`);
    if (measured) this.taken.get(name)?.push(milliseconds);
  }

  #request(name: Operation): () => Promise<Answer> {
    switch (name) {
      case 'record':
        return this.#recording('/api/records', 1);
      case 'import':
        return this.#recording('/api/imports', rowsOfImport);
      case 'correct':
        return this.#correcting();
      case 'as recorded by': {
        const path = this.#question(this.#random.pick(['annual totals', 'take-up', 'savings']));
        const position = 1 + Math.floor(this.#head / 2) + this.#random.below(Math.ceil(this.#head / 2));
        return () => this.ledger.get(`${path}&asRecordedBy=${position}`);
      }
      default: {
        const path = this.#question(name);
        return () => this.ledger.get(path);
      }
    }
  }

  #question(name: Exclude<Operation, 'record' | 'import' | 'correct' | 'as recorded by'>): string {
    const first = this.#random.between(2015, 2025);
    const year = `year=${first}/${String(first + 1).slice(2)}`;
    switch (name) {
      case 'annual totals':
        return `/api/annual-totals?${year}`;
      case 'take-up':
        return `/api/take-up?measure=councils-supported&by=${this.#random.pick(['type', 'region', 'control'])}&${year}`;
      case 'savings':
        return `/api/savings?${year}`;
      case 'councillors by party':
        return `/api/take-up?measure=councillors-trained&by=party&${year}`;
      case 'explain':
        return `/api/explain?ask=annual-total&measure=${this.#random.pick(['attendances', 'support-activities'])}&${year}&limit=50`;
    }
  }

  #data(): Readonly<Record<string, unknown>> {
    return {
      offer: this.#random.pick(this.#offers),
      title: `Support ${this.#random.below(100_000)}`,
      occurred: { from: '2025-06-02', to: '2025-06-03', basis: 'stated' },
      bodies: [{ body: this.#random.pick(this.#bodies), role: 'recipient' }],
    };
  }

  #recording(path: string, count: number): () => Promise<Answer> {
    const made = Array.from({ length: count }, () => ({ id: newId(), data: this.#data() }));
    const records = made.map(({ id, data }) => ({
      type: 'SupportProvided',
      id,
      data,
      comment: 'Recorded late, for a test',
    }));
    const key = newId();
    const body = path === '/api/imports' ? { label: `Import ${key}`, records } : { records };
    return async () => {
      const answer = await this.ledger.post(path, body, key);
      if (answer.status === 201) this.#recorded.push(...made);
      return answer;
    };
  }

  /** Corrects what was recorded a while ago; where there is nothing yet, it records. */
  #correcting(): () => Promise<Answer> {
    const recorded = this.#recorded.shift();
    if (recorded === undefined) return this.#recording('/api/records', 1);
    const data = { ...recorded.data, title: `Corrected ${this.#random.below(100_000)}` };
    const body = { type: 'SupportProvided', data, reason: 'other', note: 'A soak', comment: 'As before' };
    return () => this.ledger.post(`/api/records/activity/${recorded.id}/corrections`, body, newId());
  }
}
