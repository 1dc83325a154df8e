import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

const axeSource = readFileSync(join(require.resolve('axe-core/package.json'), '..', 'axe.min.js'), 'utf8');
const screenshots = join(__dirname, '..', '..', 'docs', 'screenshots');

/** Where Chromium is: named by CHROMIUM, or where Debian puts it. */
export async function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** What axe finds wrong with a page. The page's own policy forbids scripts of others, so axe comes in past it. */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const run = `${axeSource}; axe.run().then((found) => JSON.stringify(found.violations))`;
  const { result } = await session.send('Runtime.evaluate', { expression: run, awaitPromise: true });
  await session.detach();
  // axe gives its violations in this form.
  const violations = JSON.parse(String(result.value)) as readonly Violation[];
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** How far a page is wider than its window: text must flow, not be scrolled sideways. */
export async function overflowOf(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** Keeps a picture of a page for the documents, where it is asked for. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env['LEDGER_SCREENSHOTS'] === undefined) return;
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
}
