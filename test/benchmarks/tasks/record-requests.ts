import { lifeEvents } from '../data/life-events';

const ofOneStep = new Set([
  'SupportProvided',
  'PeerChallengeDelivered',
  'OfficerDeveloped',
  'MetricObserved',
]);

/** The last reorganisation of councils: the bodies of what happened since then exist still. */
const lastReorganisation = '2023-04-01';

/**
 * Bodies of requests that each record one new thing, like those of the data set in a ledger of so many events, but of
 * late: what is long ago would need a comment.
 * @param day the London date on which all of it happened
 */
export function* recordBodies(seed: number, ofLedger: number, day: string): Generator<string> {
  const occurred = { from: day, to: day, basis: 'stated' };
  for (const { revision, event } of lifeEvents({ seed, count: Number.MAX_SAFE_INTEGER, ofLedger })) {
    // Further steps of a place would need the record's id; what is new is recorded the same way.
    if (revision > 0 || !ofOneStep.has(event.type)) continue;
    const data = event.data as { readonly occurred: { readonly to: string } };
    if (data.occurred.to < lastReorganisation) continue;
    yield JSON.stringify({ records: [{ type: event.type, data: { ...data, occurred } }] });
  }
}

/** A whole request over HTTP. */
export function postOf(path: string, body: string, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries({
    Host: '127.0.0.1',
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`);
  return `POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}
