import { MemoryEventLog } from '@ledger/event-log';
import { MemoryBroker } from '@ledger/fan-out';
import { Metrics } from '@ledger/operations';
import { measurePublisher, Publisher } from '@ledger/publisher';
import { parse } from 'yaml';
import { z } from 'zod';
import { RunningLedger } from '../running/running-ledger';
import { ownServices, projectText } from './compose-file';

const Dashboard = z.object({
  uid: z.string(),
  panels: z.array(
    z.object({
      id: z.number(),
      title: z.string(),
      datasource: z.object({ uid: z.string() }),
      gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
      targets: z.array(z.object({ refId: z.string(), expr: z.string() })).min(1),
    }),
  ),
});

const Scraped = z.object({
  scrape_configs: z.array(
    z.object({ job_name: z.string(), static_configs: z.array(z.object({ targets: z.array(z.string()) })) }),
  ),
});

const dashboard = Dashboard.parse(JSON.parse(projectText('infra/grafana/dashboards/ledger.json')));
const { scrape_configs: jobs } = Scraped.parse(parse(projectText('infra/prometheus/prometheus.yml')));
const queries = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));

/** What a publisher says to Prometheus. */
async function publisherMetrics(): Promise<string> {
  const metrics = new Metrics();
  const setUp = { topic: 'ledger', partitions: 1 };
  measurePublisher(
    metrics,
    new Publisher({ log: new MemoryEventLog(() => 0), broker: new MemoryBroker(), setUp }),
  );
  return metrics.text();
}

let ledger: RunningLedger;
let exported: string;
beforeAll(async () => {
  ledger = await RunningLedger.start(false);
  await ledger.get('/api/years');
  exported = (await (await fetch(new URL('/metrics', ledger.url))).text()) + (await publisherMetrics());
}, 120_000);
afterAll(async () => ledger.stop());

/** The names of series in a query: what is neither a function, nor a label, nor within a list of labels. */
function seriesOf(query: string): readonly string[] {
  return [...query.replace(/\{[^}]*\}|\bby \([^)]*\)/g, '').matchAll(/\b[a-z_]\w+\b(?!\s*\()/g)]
    .map(([name]) => name)
    .filter((name) => !/^\d|^[smhd]$/.test(name));
}

test('a query names its series, whatever is around it', () => {
  expect(
    seriesOf('histogram_quantile(0.99, sum by (le, job) (rate(ledger_append_seconds_bucket{job="a"}[1m])))'),
  ).toEqual(['ledger_append_seconds_bucket']);
});

test('every query of the dashboard asks for what a ledger exports', () => {
  const names = new Set([...exported.matchAll(/^([a-z_]\w*)(?:\{| )/gm)].map(([, name = '']) => name));
  // Of whether a program answers Prometheus itself keeps the record.
  names.add('up');
  expect(names.size).toBeGreaterThan(20);
  expect(queries.flatMap(seriesOf).filter((name) => !names.has(name))).toEqual([]);
});

test('the dashboard shows every gauge of the ledger', () => {
  const gauges = [...exported.matchAll(/^# TYPE (ledger_\w+) /gm)].map(([, name = '']) => name);
  expect(gauges.length).toBeGreaterThan(5);
  expect(gauges.filter((name) => !queries.some((query) => query.includes(name)))).toEqual([]);
});

test('every job that a query names is scraped, and every service of the ledger is', () => {
  const named = queries.flatMap((query) => [...query.matchAll(/job="(\w+)"/g)].map(([, job = '']) => job));
  const scraped = jobs.map(({ job_name: job }) => job);
  expect(named.filter((job) => !scraped.includes(job))).toEqual([]);
  expect(scraped.sort()).toEqual([...ownServices().keys()].sort());
});

test('a program is scraped where it answers its operators', () => {
  for (const { job_name: job, static_configs: configs } of jobs) {
    const environment = ownServices().get(job)?.environment ?? {};
    const port = environment['LEDGER_OPERATIONS']?.split(':')[1] ?? environment['PORT'];
    expect(configs.flatMap(({ targets }) => targets)).toEqual([`${job}:${port}`]);
  }
});

test('panels have numbers of their own, a source that is provisioned, and lie side by side', () => {
  const { panels } = dashboard;
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const provisioned = projectText('infra/grafana/provisioning/datasources/prometheus.yml');
  for (const { datasource } of panels) expect(provisioned).toContain(`uid: ${datasource.uid}\n`);
  const overlapping = panels.flatMap((one, at) =>
    panels
      .slice(at + 1)
      .filter(
        ({ gridPos: other }) =>
          one.gridPos.x < other.x + other.w &&
          other.x < one.gridPos.x + one.gridPos.w &&
          one.gridPos.y < other.y + other.h &&
          other.y < one.gridPos.y + one.gridPos.h,
      )
      .map(({ title }) => `${one.title} / ${title}`),
  );
  expect(overlapping).toEqual([]);
});
