import { join } from 'node:path';
import { decodeStoredBody } from '@ledger/events';
import { MemoryEventLog } from '@ledger/event-log';
import { followingEvents, startTracing, type Tracing } from '@ledger/operations';
import { initServedLedger, ServedLedger } from '../durability/served-ledger';
import { history } from '../histories';
import { appendHistory } from '../running/log-of-history';
import { Collector } from './collector';

const trace = '0af7651916cd43dd8448eb211c80319c';
const caller = 'b7ad6b7169203331';

/** Records something as part of a caller's trace, asks for it, and stops the server. */
async function recordAndAsk(collector: Collector): Promise<void> {
  const folder = join(collector.folder, 'ledger');
  await initServedLedger(folder);
  const ledger = await ServedLedger.start(folder, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.address });
  const data = {
    offer: 'cyber-security',
    title: 'Canary',
    occurred: { from: '2025-06-02', to: '2025-06-03', basis: 'stated' },
    bodies: [{ body: 'Watford', role: 'recipient' }],
  };
  const answer = await fetch(new URL('/api/records', ledger.server.url), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${ledger.token}`,
      traceparent: `00-${trace}-${caller}-01`,
    },
    body: JSON.stringify({ records: [{ type: 'SupportProvided', data }] }),
  });
  if (answer.status !== 201) throw new Error(await answer.text());
  await answer.text();
  await ledger.get('/api/records?search=Canary');
  await ledger.stop();
}

describe('With a collector', () => {
  let collector: Collector;
  beforeEach(async () => {
    collector = await Collector.start();
  });
  afterEach(() => collector.stop());

  it('requests and appends are followed as part of the trace that a caller began, and nothing is told of what was asked', async () => {
    await recordAndAsk(collector);
    const { spans } = collector;
    const command = spans.find(({ name }) => name === 'POST /api/records');
    expect(command).toMatchObject({ traceId: trace, parentSpanId: caller });
    const appends = spans.filter(({ name }) => name === 'append');
    expect(appends.find(({ parentSpanId }) => parentSpanId === command?.spanId)).toMatchObject({
      traceId: trace,
    });
    // The command has a trace of its own, which goes on wherever its events are applied.
    expect(spans.filter(({ name }) => name === 'recorded')).toHaveLength(appends.length);
    expect(spans.map(({ name }) => name)).toContain('GET /api/records');
    expect(collector.services).toEqual(new Set(['ledger-standalone']));
    expect(collector.text).not.toContain('anary');
  }, 120_000);
});

describe('What is done with recorded events', () => {
  /** Follows nothing, and keeps under which name which commands were to be followed. */
  class Noting implements Pick<Tracing, 'withCommands'> {
    readonly noted: (readonly [string, readonly string[]])[] = [];

    async withCommands<T>(name: string, correlations: Iterable<string>, work: () => Promise<T>): Promise<T> {
      this.noted.push([name, [...correlations]]);
      return work();
    }
  }

  it('is followed in the traces of their commands', async () => {
    const log = new MemoryEventLog(() => Date.parse('2021-01-04T09:00:00Z'));
    await appendHistory(log, history({ seed: 1, events: 20 }).events);
    const events = await log.readPage({ after: 0n, limit: 20 });
    const noting = new Noting();
    expect(await followingEvents(noting, 'apply')(events, async () => 'applied')).toBe('applied');
    const commands = events.map(({ bytes }) => decodeStoredBody(bytes).correlationId);
    expect(noting.noted).toEqual([['apply', commands]]);
  });

  it('is done all the same where an event is damaged', async () => {
    const bytes = Buffer.from('not a stored body');
    const damaged = { position: 1n, revision: 0n, stream: 'activity-1', bytes };
    const noting = new Noting();
    expect(await followingEvents(noting, 'publish')([damaged], async () => 1)).toBe(1);
    expect(noting.noted).toEqual([['publish', []]]);
  });

  it('is done with nothing around it where there is no collector', async () => {
    const tracing = await startTracing(undefined);
    expect(await followingEvents(tracing, 'apply')([], async () => 1)).toBe(1);
    await tracing.stop();
  });
});
