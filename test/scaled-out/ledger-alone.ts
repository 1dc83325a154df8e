import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OwnDatabase } from '../postgres/own-database';
import { ProjectorProcess } from '../postgres/projector-process';
import { ServiceProcess } from '../postgres/service-process';

/** What a service answered. */
export interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Processes {
  readonly recording: ServiceProcess;
  readonly reporting: ServiceProcess;
  readonly projector: ProjectorProcess;
}

/** A demonstration ledger whose services run alone, over a log at an address and databases of its own. */
export class LedgerAlone {
  readonly #folder = mkdtempSync(join(tmpdir(), 'ledger-alone-'));
  #processes: Processes | undefined;

  private constructor(
    readonly log: string,
    readonly models: OwnDatabase,
    readonly vault: OwnDatabase,
  ) {}

  static async start(log: string): Promise<LedgerAlone> {
    const ledger = new LedgerAlone(log, await OwnDatabase.make(), await OwnDatabase.make());
    await ledger.#start();
    return ledger;
  }

  async #start(): Promise<void> {
    const settings = (name: string): Readonly<Record<string, string>> => ({
      LEDGER_LOG: this.log,
      LEDGER_READ_MODELS: this.models.address,
      LEDGER_VAULT: this.vault.address,
      LEDGER_VAULT_KEY: join(this.#folder, 'vault.key'),
      LEDGER_DATA: join(this.#folder, name),
    });
    const projector = { LEDGER_DATA: join(this.#folder, 'projector') };
    this.#processes = {
      recording: ServiceProcess.start('recording', settings('recording')),
      reporting: ServiceProcess.start('reporting', settings('reporting')),
      projector: ProjectorProcess.start(this.log, this.models.address, projector),
    };
    await this.recording.saying('The recording is ready');
    await this.reporting.saying('The reporting is ready');
  }

  get #started(): Processes {
    if (this.#processes === undefined) throw new Error('The services have not been started');
    return this.#processes;
  }

  get recording(): ServiceProcess {
    return this.#started.recording;
  }

  get reporting(): ServiceProcess {
    return this.#started.reporting;
  }

  /** Has every service end in good order, and starts it again. */
  async startAgain(): Promise<void> {
    for (const process of Object.values(this.#started)) await process.end('SIGTERM');
    await this.#start();
  }

  /** Sends a command to recording. @param key the key that makes it one command however often it is sent */
  async post(path: string, body: unknown, key?: string): Promise<Answered> {
    const response = await fetch(new URL(path, this.recording.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key !== undefined && { 'Idempotency-Key': key }) },
      body: JSON.stringify(body),
    });
    // Every answer of the API is a JSON object.
    return { status: response.status, body: (await response.json()) as Answered['body'] };
  }

  /** Records a support of a council. */
  async record(title: string, key?: string): Promise<Answered> {
    const data = {
      offer: 'cyber-security',
      title,
      occurred: { from: '2025-06-02', to: '2025-06-03', basis: 'stated' },
      bodies: [{ body: 'Watford', role: 'recipient' }],
    };
    return this.post('/api/records', { records: [{ type: 'SupportProvided', data }] }, key);
  }

  async stop(): Promise<void> {
    for (const process of Object.values(this.#started)) await process.end('SIGKILL');
    await this.models.drop();
    await this.vault.drop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
