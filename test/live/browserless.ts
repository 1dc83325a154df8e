/** A browser without scripts, as far as forms need one: it keeps cookies and sends the token of a page's forms. */
export class FormVisitor {
  readonly #cookies = new Map<string, string>();

  constructor(readonly url: string) {}

  async get(path: string): Promise<{ readonly status: number; readonly html: string; readonly at: string }> {
    return this.#follow(await this.#fetch(path, { method: 'GET' }), path);
  }

  /** Sends a form of a page, after loading that page for its token. */
  async send(
    page: string,
    fields: Readonly<Record<string, string>>,
    action = page,
  ): Promise<{ readonly status: number; readonly html: string; readonly at: string }> {
    const { html } = await this.get(page);
    const body = new URLSearchParams({ ...hiddenIn(html), ...fields });
    return this.#follow(await this.#fetch(action, { method: 'POST', body }), action);
  }

  /** What an address of a file gives. */
  async bytes(path: string): Promise<Uint8Array> {
    return new Uint8Array(await (await this.#fetch(path, { method: 'GET' })).arrayBuffer());
  }

  /** Sends a form with a file, as a browser does. */
  async sendFile(
    page: string,
    fields: Readonly<Record<string, string>>,
    file: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> },
  ): Promise<{ readonly status: number; readonly html: string; readonly at: string }> {
    const { html } = await this.get(page);
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...hiddenIn(html), ...fields })) body.append(name, value);
    body.append('file', new Blob([file.bytes]), file.name);
    return this.#follow(await this.#fetch(page, { method: 'POST', body }), page);
  }

  async #follow(response: Response, path: string): Promise<{ status: number; html: string; at: string }> {
    const location = response.headers.get('location');
    if (location !== null && response.status < 400) return this.get(location);
    return { status: response.status, html: await response.text(), at: path };
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, this.url), {
      ...init,
      redirect: 'manual',
      headers: { cookie },
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response;
  }
}

/** The hidden fields of a page: its token and key among them. */
function hiddenIn(html: string): Record<string, string> {
  const hidden = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(hidden.map(([, name = '', value = '']) => [unescaped(name), unescaped(value)]));
}

/** HTML as it is read. */
export function unescaped(html: string): string {
  return html
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
