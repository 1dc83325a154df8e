import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { figureMapping } from '@ledger/demonstration';
import { FollowedSqliteLog } from '@ledger/event-log';
import { checkReadModels, SharedReadModels, type LedgerQueries } from '@ledger/projections';
import { PostgresShelf, SqliteShelf } from '@ledger/read-store';
import { PublisherProcess } from '../kafka/publisher-process';
import { OwnDatabase } from '../postgres/own-database';
import { ProjectorProcess } from '../postgres/projector-process';
import { RunningLedger } from '../running/running-ledger';

const brokers = process.env['KAFKA_BROKERS'] ?? '';

/** The demonstration, whole, on one machine, and the same published to a topic and kept in PostgreSQL by projectors. */
export class TopicLedger {
  readonly topic = `ledger-${randomUUID()}`;
  readonly #started: (ProjectorProcess | PublisherProcess)[] = [];
  #recorded = 0;

  private constructor(
    readonly standalone: RunningLedger,
    readonly database: OwnDatabase,
    readonly log: FollowedSqliteLog,
    readonly shelf: PostgresShelf,
    readonly inPostgres: SharedReadModels,
    readonly ofStandalone: SharedReadModels,
  ) {}

  static async start(): Promise<TopicLedger> {
    const standalone = await RunningLedger.start(true);
    const folder = join(standalone.folder, 'ledger');
    const database = await OwnDatabase.make();
    const log = FollowedSqliteLog.open(join(folder, 'log.db'));
    const shelf = await PostgresShelf.open(database.address);
    const figures = figureMapping;
    return new TopicLedger(
      standalone,
      database,
      log,
      shelf,
      new SharedReadModels({ shelf, log, figures }),
      new SharedReadModels({ shelf: new SqliteShelf(join(folder, 'read-models')), log, figures }),
    );
  }

  get logFile(): string {
    return join(this.standalone.folder, 'ledger', 'log.db');
  }

  publisher(partitions: number): PublisherProcess {
    const process = PublisherProcess.start(this.logFile, brokers, this.topic, partitions);
    this.#started.push(process);
    return process;
  }

  projector(args: readonly string[] = []): ProjectorProcess {
    const { topic } = this;
    const readModels = this.database.address;
    const process = ProjectorProcess.fromTopic({ brokers, topic, readModels }, args);
    this.#started.push(process);
    return process;
  }

  /** Resolves when the read models in PostgreSQL have everything that is recorded now; the position. */
  async caughtUp(): Promise<bigint> {
    const { position } = await this.log.head();
    while ((await this.inPostgres.applied().catch(() => 0n)) < position) await after(20);
    await this.standaloneCaughtUp(position);
    return position;
  }

  async standaloneCaughtUp(position: bigint): Promise<void> {
    while ((await this.ofStandalone.applied()) < position) await after(20);
  }

  async record(): Promise<void> {
    const occurred = { from: '2025-06-02', to: '2025-06-03', basis: 'stated' };
    const data = {
      offer: 'cyber-security',
      title: `Advice ${++this.#recorded}`,
      occurred,
      bodies: [{ body: 'Watford', role: 'recipient' }],
    };
    const { status } = await this.standalone.post('/api/records', {
      records: [{ type: 'SupportProvided', data }],
    });
    if (status !== 201) throw new Error(`A record was answered with ${status}`);
  }

  get queries(): { readonly theirs: LedgerQueries; readonly own: LedgerQueries } {
    return { theirs: this.inPostgres.queries, own: this.ofStandalone.queries };
  }

  /** What the read models say otherwise than a recount from the log. */
  async findings(): Promise<readonly string[]> {
    return (await this.inPostgres.reading(async (stores) => checkReadModels(this.log, stores))).findings;
  }

  async stop(): Promise<void> {
    for (const process of this.#started) await process.end('SIGKILL');
    await this.ofStandalone.close();
    await this.inPostgres.close();
    await this.shelf.close();
    await this.log.close();
    await this.database.drop();
    await this.standalone.stop();
  }
}
