/** What a browser is shown in the end. */
export interface Page {
  readonly at: URL;
  readonly status: number;
  readonly html: string;
}

/** A browser that goes back and forth between two sites: cookies of each, redirects followed by hand. */
export class TwoSites {
  readonly #cookies = new Map<string, Map<string, string>>();

  async go(address: string, form?: Readonly<Record<string, string>>): Promise<Page> {
    let url = new URL(address);
    let body = form;
    for (let hops = 0; hops < 15; hops++) {
      const jar = this.#cookies.get(url.host) ?? new Map<string, string>();
      this.#cookies.set(url.host, jar);
      const response = await fetch(url, {
        redirect: 'manual',
        method: body === undefined ? 'GET' : 'POST',
        headers: { cookie: this.cookiesOf(url.href) },
        ...(body !== undefined && { body: new URLSearchParams(body) }),
      });
      for (const set of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
        if (value === '') jar.delete(name);
        else jar.set(name, value);
      }
      const location = response.headers.get('location');
      if (location === null) return { at: url, status: response.status, html: await response.text() };
      url = new URL(location, url);
      body = undefined;
    }
    throw new Error('The two sites send the browser round in circles');
  }

  /** What it would send to a site with its next request. */
  cookiesOf(address: string): string {
    return [...(this.#cookies.get(new URL(address).host) ?? [])].map((pair) => pair.join('=')).join('; ');
  }

  /** Signs in to a ledger at the provider's own pages. */
  async signIn(name: string, ledger: string, provider: string): Promise<Page> {
    let page = await this.go(`${ledger}/sign-in/provider?next=/account`);
    for (const prompt of ['login', 'consent']) {
      if (page.at.origin !== new URL(provider).origin) break;
      const action = /<form[^>]*action="([^"]+)"/.exec(page.html)?.[1] ?? '';
      const fields = prompt === 'login' ? { prompt, login: name, password: 'anything' } : { prompt };
      page = await this.go(new URL(action, page.at).href, fields);
    }
    return page;
  }
}
