import { bridgeInWords } from './bridge-in-words';

test('a bridge is printed with each line opened to its claims and their events, and what was left out is counted', () => {
  const lines = [
    {
      cause: 'delivered',
      claims: 3,
      pence: -10_000_00,
      largest: [
        {
          id: 'c-1',
          title: 'Saving on plans',
          beforePence: 100_000_00,
          afterPence: 90_000_00,
          events: [{ position: '12', type: 'DeliveryRecorded', recordedAt: '2026-04-01T08:00:00.000Z' }],
        },
        { id: null, title: null, beforePence: 1_00, afterPence: 1_00, events: [] },
      ],
    },
  ];
  const end = (position: string, pence: number): object => ({ year: '2021/22', position, pence });
  const printed = bridgeInWords({
    from: end('10', 100_000_00),
    to: end('14', 90_000_00),
    lines,
    label: 'All gains, which mixes: income (delivered)',
    position: '14',
  });
  const rows = printed.split('\n').slice(2, 9);
  expect(rows.map((row) => row.trim().replaceAll(/ {2,}/g, ' | '))).toEqual([
    '2021/22 at 10 | £100,000',
    'delivered | 3 | -£10,000',
    'c-1 Saving on plans | -£10,000',
    'position 12: Delivery recorded',
    'a claim that you may not read | £0',
    'and 1 more',
    '2021/22 at 14 | £90,000',
  ]);
});
