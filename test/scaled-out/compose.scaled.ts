import { parse } from 'yaml';
import { z } from 'zod';
import { projectText } from '../deployment/compose-file';
import { ComposedServices } from './composed-services';

/** What Prometheus is told to ask. */
const Scraping = z.object({
  scrape_configs: z.array(
    z.object({
      job_name: z.string(),
      static_configs: z.array(z.object({ targets: z.array(z.string()) })),
    }),
  ),
});

let services: ComposedServices;
beforeAll(async () => {
  services = await ComposedServices.start(process.env['KAFKA_BROKERS'] ?? '');
}, 120_000);
afterAll(async () => services.remove(), 120_000);

/** What reporting answers; where it says that it has not come so far yet it is asked again, as it says. */
async function answered(question: string): Promise<unknown> {
  for (;;) {
    const answer = await fetch(`${services.address('reporting:8082')}${question}`);
    if (answer.status !== 503) return answer.json();
  }
}

test('the services of docker-compose.yml, started without containers, come up well by their own health checks', async () => {
  await services.healthy();
  expect([...services.names].sort()).toEqual(['projector', 'publisher', 'recording', 'reporting']);
}, 900_000);

test('what recording takes is published, projected and answered by reporting, each a process of its own', async () => {
  const data = {
    offer: 'cyber-security',
    title: 'Recorded in one process, answered by another',
    occurred: { from: '2025-06-02', to: '2025-06-03', basis: 'stated' },
    bodies: [{ body: 'Watford', role: 'recipient' }],
  };
  const recorded = await fetch(`${services.address('recording:8083')}/api/records`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ records: [{ type: 'SupportProvided', data }] }),
  });
  expect(recorded.status).toBe(201);
  const { cursor } = z.object({ cursor: z.string() }).parse(await recorded.json());
  const question = `/api/records?search=another&after=${encodeURIComponent(cursor)}`;
  expect(await answered(question)).toMatchObject({ records: [{ title: data.title }] });
  expect(services.printed('projector')).toContain('Following the topic');
});

test('everything that Prometheus is told to ask answers with metrics of the ledger', async () => {
  const { scrape_configs: jobs } = Scraping.parse(parse(projectText('infra/prometheus/prometheus.yml')));
  const targets = jobs.flatMap(({ static_configs: some }) => some.flatMap((one) => one.targets));
  expect(targets).toHaveLength(services.names.length);
  for (const target of targets) {
    const answer = await fetch(`${services.address(target)}/metrics`);
    expect([target, answer.status, /^ledger_\w+/m.test(await answer.text())]).toEqual([target, 200, true]);
  }
});

test('told to stop, each finishes what is under way and ends in good order', async () => {
  expect(await services.stop()).toEqual({ projector: 0, publisher: 0, recording: 0, reporting: 0 });
});
