import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everything } from './all';
import { measurementsOf } from './choosing';
import { BenchContext } from './context';
import type { Bar, Line } from './line';
import { everythingScaled } from './scaled/all';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'bench-lines-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function linesOf(only: readonly string[] = []): Line[] {
  const settings = { folder, events: 1_000_000, quick: false, emmett: undefined, say: () => undefined };
  return measurementsOf(everything(new BenchContext(settings)), only).flatMap(({ lines }) => lines);
}

const limit = (times: number): Bar => ({ against: 'limit', times });
const emmett = (times: number): Bar => ({ against: 'emmett', times });

test('every line of the table is there, with its bars', () => {
  expect(Object.fromEntries(linesOf().map(({ id, bars }) => [id, bars]))).toEqual({
    'append-one': [limit(0.6), emmett(5)],
    'append-one-while-sealing': [limit(0.98)],
    'append-concurrent-1000': [emmett(10)],
    'append-batch-100': [limit(0.45), emmett(2.5)],
    'append-batch-5000': [limit(0.5), emmett(2.5)],
    'rebuild-figures': [limit(0.6)],
    'rebuild-figures-one-thread': [limit(0.35)],
    'rebuild-all': [limit(0.25), emmett(10)],
    'live-one': [{ atMost: 1 }],
    'live-100': [{ atMost: 10 }],
    'query-annual-totals': [{ atMost: 5 }],
    'query-annual-totals-during-rebuild': [{ atMost: 10 }],
    'query-take-up': [{ atMost: 5 }],
    'query-take-up-during-rebuild': [{ atMost: 10 }],
    'query-savings': [{ atMost: 5 }],
    'query-savings-during-rebuild': [{ atMost: 10 }],
    'query-distinct-persons': [{ atMost: 10 }],
    'query-distinct-persons-during-rebuild': [{ atMost: 25 }],
    'as-recorded-by': [{ atMost: 25 }],
    'as-recorded-by-during-rebuild': [{ atMost: 50 }],
    explain: [{ atMost: 10 }],
    growth: [{ atMost: 1 }],
    'growth-as-recorded-by': [{ atMost: 5 }],
    'http-record': [limit(0.6)],
    seal: [limit(0.4)],
    'proof-size': [{ atMost: 1500 }],
    verify: [limit(0.1)],
    'memory-verify': [{ atMost: 300 }],
    'disk-log': [{ timesLimitAtMost: 1.6 }],
    'disk-read-models': [{ atMost: 120 }],
    'memory-rebuild': [{ atMost: 400 }],
    start: [{ atMost: 2 }],
  });
});

test('every line of what is measured scaled out is there, with its bars', () => {
  const settings = { folder, events: 1_000_000, quick: false, emmett: undefined, say: () => undefined };
  const lines = everythingScaled(new BenchContext(settings)).flatMap((measurement) => measurement.lines);
  const barred = lines.filter(({ bars }) => bars.length > 0);
  expect(Object.fromEntries(barred.map(({ id, bars }) => [id, bars]))).toEqual({
    publish: [limit(0.6)],
    project: [limit(0.5)],
    'project-log': [limit(0.5)],
    'rebuild-postgres': [emmett(10)],
    delay: [{ atMost: 500 }],
  });
});

test('lines are chosen by id, each with the further figures of its row', () => {
  expect(linesOf(['rebuild-figures', 'explain']).map(({ id }) => id)).toEqual([
    'rebuild-figures',
    'rebuild-figures-one-thread',
    'explain',
  ]);
  expect(linesOf(['as-recorded-by']).map(({ id }) => id)).toEqual([
    'as-recorded-by',
    'as-recorded-by-during-rebuild',
  ]);
  expect(linesOf(['growth'])).toHaveLength(2);
});

test('an id that no line has is refused, naming those there are', () => {
  expect(() => linesOf(['append-two'])).toThrow('no line append-two. The lines are: append-one, ');
});
