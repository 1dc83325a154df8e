import { eventDefinitions, isEventType } from '@ledger/events';
import { recordBodies } from './record-requests';

test('every request records one thing of its own that can be recorded, on the day it is told', () => {
  const bodies = recordBodies(3, 100_000, '2026-01-15');
  const seen = new Set<string>();
  for (let at = 0; at < 200; at++) {
    const text = bodies.next().value ?? '';
    seen.add(text);
    const { records } = JSON.parse(text) as { records: { type: string; data: unknown }[] };
    const [{ type, data } = { type: '', data: null }] = records;
    expect([records.length, isEventType(type)]).toEqual([1, true]);
    if (!isEventType(type)) continue;
    expect(eventDefinitions[type].data.parse(data)).toMatchObject({
      occurred: { from: '2026-01-15', to: '2026-01-15' },
    });
  }
  expect(seen.size).toBe(200);
});
