import { importFile } from './file-imports';

/** The position of the last event of a ledger. */
async function headOf(ledger: { readonly url: string }): Promise<number> {
  const response = await fetch(new URL('/api/annual-totals?year=2016/17', ledger.url));
  // Every answer names its position.
  return Number(((await response.json()) as { position: string }).position);
}

/**
 * Sends a file that something may be wrong with: it is refused in a sentence, without anything being recorded, or recorded
 * whole.
 */
export async function whollyOrNotAtAll(ledger: { readonly url: string }, file: Uint8Array): Promise<void> {
  const before = await headOf(ledger);
  const report = await importFile(ledger, file, 'SupportProvided');
  const after = (await headOf(ledger)) - before;
  expect([200, 201, 422]).toContain(report.status);
  const written = report.recorded ? Number(report.totals['new']) + Number(report.totals['changes']) : 0;
  // The import itself is two events.
  expect(after).toBe(written === 0 ? 0 : written + 2);
  expect(report.status === 422 ? report.detail : 'recorded').not.toMatch(/\bat \S+:\d+:\d+|node_modules/);
}
