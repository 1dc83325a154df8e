import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derivedId, streamOf } from '@ledger/events';
import { SqliteEventLog } from '@ledger/event-log';
import { ReadModels, rebuildHere, type ReadModelsParts } from '@ledger/projections';
import { SqliteShelf } from '@ledger/read-store';
import { openDatabase } from '@ledger/sqlite';

/** What may differ between two openings of the same files. */
export type Opening = Partial<
  Pick<ReadModelsParts, 'shelf' | 'rebuilder' | 'versions' | 'readEvent' | 'onProgress'>
>;

export const supportedYear = 201617;

/** A log in a file and read models beside it: events are appended past every rule, and may be damaged afterwards. */
export class FiledReadModels {
  readonly folder = mkdtempSync(join(tmpdir(), 'filed-'));
  readonly log: SqliteEventLog;
  readonly #open: ReadModels[] = [];
  #appended = 0;

  constructor() {
    this.log = SqliteEventLog.open(join(this.folder, 'log.db'), () => Date.parse('2017-05-01T09:00:00Z'));
  }

  /** Appends one event as it is; the answer is its position. */
  async raw(stream: string, type: string, schemaVersion: number, data: unknown): Promise<bigint> {
    const number = String(++this.#appended);
    const id = derivedId('filed', number);
    const { position } = await this.log.append({
      writes: [{ stream, expected: 'any', events: [{ id, type, schemaVersion, data }] }],
      command: { actor: id, scope: 'test', key: number, hash: number },
      correlationId: id,
      causationId: id,
    });
    return position;
  }

  /** A catalogue of one offer, a council, and a measure that counts activities. */
  async begin(): Promise<this> {
    await this.raw('theme-t', 'ThemeDeclared', 1, { label: 'Theme' });
    await this.raw('programme-p', 'ProgrammeDeclared', 1, { label: 'Programme', theme: 't' });
    await this.raw('offer-o', 'OfferDeclared', 1, { label: 'Offer', programme: 'p' });
    await this.raw('measure-supported', 'MeasureDeclared', 1, {
      label: 'Times supported',
      unit: 'activity',
      kind: 'flow',
      rule: 'count-things/1',
      addsWith: 'support',
      parameters: { kinds: ['activity'] },
    });
    await this.raw(councilStream, 'BodyRegistered', 1, {
      kind: 'council',
      name: 'Council a',
      type: 'district',
      region: 'London',
      codes: [],
      from: '1974-04-01',
      source: 'test',
    });
    return this;
  }

  async support(name: string): Promise<bigint> {
    return this.raw(activityStream(name), 'SupportProvided', 1, supportContent(name));
  }

  async open(opening: Opening = {}): Promise<ReadModels> {
    const { readEvent } = opening;
    const models = await ReadModels.open({
      shelf: new SqliteShelf(join(this.folder, 'read-models')),
      log: this.log,
      figures: [],
      rebuilder: rebuildHere(this.log, { step: 5, ...(readEvent !== undefined && { readEvent }) }),
      versions: { figures: 1, documents: 1 },
      ...opening,
    });
    this.#open.push(models);
    return models;
  }

  async close(models: ReadModels): Promise<void> {
    this.#open.splice(this.#open.indexOf(models), 1);
    await models.close();
  }

  /** Writes other bytes in the place of an event's, past the log; gives back those that were there. */
  rewrite(position: bigint, bytes: Uint8Array): Uint8Array {
    const database = openDatabase(join(this.folder, 'log.db'), {
      synchronous: 'FULL',
      busyTimeoutMs: 1000,
    });
    try {
      const [was] =
        database.prepareArrays('SELECT bytes FROM event WHERE position = ?').get(Number(position)) ?? [];
      database.prepare('UPDATE event SET bytes = ? WHERE position = ?').run(bytes, Number(position));
      if (!(was instanceof Uint8Array)) throw new RangeError(`There is no event at position ${position}`);
      return was;
    } finally {
      database.close();
    }
  }

  async stop(): Promise<void> {
    for (const models of this.#open.splice(0)) await models.close();
    await this.log.close();
    rmSync(this.folder, { recursive: true });
  }
}

export const council = derivedId('filed-body', 'a');
export const councilStream = streamOf('body', council);
export const activityStream = (name: string): string => streamOf('activity', derivedId('filed', name));

/** The content of a support activity of the council. */
export function supportContent(title: string): Record<string, unknown> {
  return {
    offer: 'o',
    title,
    occurred: { from: '2016-06-01', to: '2016-06-01', basis: 'stated' },
    bodies: [{ body: council, role: 'recipient' }],
  };
}
