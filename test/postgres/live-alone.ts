import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OwnDatabase } from './own-database';
import { ProjectorProcess } from './projector-process';
import { ServiceProcess, type Answered } from './service-process';

export type { Answered };

const command = join(__dirname, '..', '..', 'services', 'cli', 'bin', 'ledger.js');

/** Who asks, by a bearer token. */
export const by = (token: string): { headers: object } => ({ headers: { Authorization: `Bearer ${token}` } });

/** What recording is sent for one record. */
export function oneRecord(title: string): object {
  const data = {
    offer: 'cyber-security',
    title,
    occurred: { from: '2025-06-02', to: '2025-06-03', basis: 'stated' },
    bodies: [{ body: 'Watford', role: 'recipient' }],
  };
  return { records: [{ type: 'SupportProvided', data }] };
}

type Settings = Readonly<Record<string, string>>;

/** Makes a live ledger with the command. @throws with what it says where it refuses */
function initLive(into: string, settings: Settings, password: string): void {
  const user = ['--name', 'Ada First', '--email', 'ada@example.org'];
  execFileSync(process.execPath, [command, 'init', into, ...user], {
    env: { ...process.env, ...settings, LEDGER_PASSWORD: password },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** A live ledger whose recording and reporting are processes of their own, with its people in a database. */
export class LiveAlone {
  private constructor(
    readonly root: string,
    /** Of its people. */
    readonly settings: Settings,
    readonly databases: readonly OwnDatabase[],
    readonly projector: ProjectorProcess,
    readonly recording: ServiceProcess,
    readonly reporting: ServiceProcess,
  ) {}

  /**
   * Makes the ledger, whose first user is Ada, and starts both.
   * @param more settings of both besides
   * @param ofRecording settings of recording alone
   */
  static async start(password: string, more: Settings = {}, ofRecording: Settings = {}): Promise<LiveAlone> {
    const root = mkdtempSync(join(tmpdir(), 'ledger-alone-'));
    const [models, people] = [await OwnDatabase.make(), await OwnDatabase.make()];
    const settings = {
      LEDGER_VAULT: people.address,
      LEDGER_VAULT_KEY: join(root, 'vault.key'),
      LEDGER_ACCOUNTS: people.address,
    };
    const folder = join(root, 'ledger');
    initLive(folder, settings, password);
    const log = `sqlite:${join(folder, 'log.db')}`;
    const shared = { ...settings, ...more, LEDGER_LOG: log, LEDGER_READ_MODELS: models.address };
    const recording = ServiceProcess.start('recording', { ...shared, ...ofRecording, LEDGER_DATA: folder });
    const reporting = ServiceProcess.start('reporting', { ...shared, LEDGER_DATA: join(root, 'reporting') });
    const projector = ProjectorProcess.start(log, models.address);
    const services = new LiveAlone(root, settings, [models, people], projector, recording, reporting);
    await recording.saying('The recording is ready');
    await reporting.saying('The reporting is ready');
    return services;
  }

  /** The folder of recording. */
  get folder(): string {
    return join(this.root, 'ledger');
  }

  get reportingFolder(): string {
    return join(this.root, 'reporting');
  }

  /** Makes another ledger in the same databases. @throws with what the command says where it refuses */
  init(into: string): void {
    initLive(into, this.settings, 'other random words');
  }

  async stop(): Promise<void> {
    for (const process of [this.recording, this.reporting, this.projector]) await process.end('SIGKILL');
    for (const database of this.databases) await database.drop();
    rmSync(this.root, { recursive: true });
  }
}
