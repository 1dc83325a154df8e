import { join } from 'node:path';
import { PrintingProcess } from '../running/printing-process';

const dist = join(__dirname, '..', '..', 'services', 'scaled-out', 'dist');

export interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Asking {
  readonly method?: string;
  readonly headers?: object;
  readonly body?: unknown;
}

/** A built service in a process of its own, as `npm run recording` and `npm run reporting` run them. */
export class ServiceProcess extends PrintingProcess {
  static start(name: 'recording' | 'reporting', settings: Readonly<Record<string, string>>): ServiceProcess {
    return new ServiceProcess(name, [join(dist, `${name}.js`)], settings);
  }

  get url(): string {
    return /Listening on (http:\S+?);/.exec(this.printed)?.[1] ?? '';
  }

  /** Asks once it is ready. */
  async get(path: string): Promise<Answered> {
    return this.ask(path);
  }

  /** The same in any way, as somebody. */
  async ask(path: string, { method = 'GET', headers = {}, body }: Asking = {}): Promise<Answered> {
    const response = await fetch(new URL(path, this.url), {
      method,
      headers: { ...headers, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    // Every answer of the API is a JSON object.
    return { status: response.status, body: (await response.json()) as Answered['body'] };
  }
}
