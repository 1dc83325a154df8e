import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { ServerProcess } from '../demonstration/server-process';
import { firstPassword } from '../live/live-ledger';
import { ServeProcess } from '../live/serve-process';
import { launch, overflowOf, picture, violationsOn } from './browser';

const bin = join(__dirname, '..', '..', 'services', 'cli', 'bin', 'ledger.js');

/** People who begin with a ledger of their own, and look at every page with care. */
export class NewUsers {
  readonly #serving: Pick<ServerProcess, 'end'>[] = [];
  readonly #root = mkdtempSync(join(tmpdir(), 'browser-'));
  /** Pages in which nothing can be run, axe neither; it sees the same pages in the other tests. */
  readonly #withoutScripts = new Set<Page>();

  private constructor(readonly browser: Browser) {}

  static async start(): Promise<NewUsers> {
    return new NewUsers(await launch());
  }

  async end(): Promise<void> {
    for (const server of this.#serving) await server.end('SIGTERM');
    await this.browser.close();
    rmSync(this.#root, { recursive: true });
  }

  /** A ledger made by the command, as the README says. */
  async newLedger(name: string): Promise<ServeProcess> {
    const folder = join(this.#root, name);
    await new Promise<void>((resolve, reject) => {
      const made = execFile(
        process.execPath,
        [bin, 'init', folder, '--name', 'Ada First', '--email', 'ada@example.org', '--password', '-'],
        (error) => (error === null ? resolve() : reject(error)),
      );
      made.stdin?.end(`${firstPassword}\n`);
    });
    const server = await ServeProcess.start(folder);
    this.#serving.push(server);
    return server;
  }

  /** A demonstration in which nothing is recorded yet; visitors choose whom they look as. */
  async newDemonstration(name: string): Promise<ServerProcess> {
    const server = ServerProcess.start(join(this.#root, name), '--empty');
    this.#serving.push(server);
    await server.saying('is ready');
    return server;
  }

  async narrowPageWithoutScripts(): Promise<Page> {
    const context = await this.browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 320, height: 640 },
    });
    const page = await context.newPage();
    this.#withoutScripts.add(page);
    return page;
  }

  /**
   * Looks at a page as everybody might: a heading of its own, the width, and, where scripts can run, axe.
   * @throws with everything that is wrong with it
   */
  async wellMade(page: Page, heading: string | RegExp): Promise<void> {
    const found = (await page.locator('h1').first().innerText()).trim();
    const headed = typeof heading === 'string' ? found.includes(heading) : heading.test(found);
    const overflow = await overflowOf(page);
    const faults = [
      ...(headed ? [] : [`its heading is “${found}”, not ${String(heading)}`]),
      ...(this.#withoutScripts.has(page) ? [] : await violationsOn(page)),
      ...(overflow > 0 ? [`it is ${overflow} pixels wider than its window`] : []),
    ];
    if (faults.length > 0) throw new Error(`${page.url()}: ${faults.join('\n')}`);
  }

  /** The documents show the pages at a usual width. */
  async pictured(page: Page, name: string): Promise<void> {
    if (!this.#withoutScripts.has(page)) await picture(page, name);
  }

  async signIn(page: Page, url: string): Promise<void> {
    await page.goto(url);
    await this.wellMade(page, 'Sign in');
    await this.pictured(page, 'sign-in');
    await page.getByLabel('E-mail address').fill('ada@example.org');
    await page.getByLabel('Password').fill(firstPassword);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }
}
