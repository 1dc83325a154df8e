import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '../running/free-port';

/** The provider of `provider.mjs`, in a process of its own. */
export class ProviderProcess {
  private constructor(
    readonly process: ChildProcess,
    readonly issuer: string,
  ) {}

  static async start(redirectUri: string): Promise<ProviderProcess> {
    const port = await freePort();
    const child = spawn(process.execPath, [join(__dirname, 'provider.mjs'), String(port), redirectUri], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.stderr.on('data', (part: Buffer) => (said += part.toString()));
      child.stdout.on('data', (part: Buffer) => {
        if (part.toString().includes('ready')) resolve();
      });
      child.once('exit', () => reject(new Error(`The provider did not start: ${said}`)));
    });
    return new ProviderProcess(child, `http://127.0.0.1:${port}`);
  }

  /** An access token for another system, meant for an audience. */
  async robotToken(audience: string): Promise<string> {
    const response = await fetch(`${this.issuer}/token`, {
      method: 'POST',
      headers: { Authorization: `Basic ${Buffer.from('robot:only known to this test').toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource: `urn:${audience}` }),
    });
    const { access_token: token } = (await response.json()) as { access_token: string };
    return token;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGTERM');
    await ended;
  }
}
