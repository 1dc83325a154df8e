import { migratePostgres, PostgresDatabase, type Queryable } from '@ledger/postgres';
import {
  CheckpointMovedError,
  type Dictionary,
  type FactRow,
  type ParkedEvent,
  type ReadSheet,
  type Segment,
  type SegmentHead,
  type WriteTransaction,
} from '../port';
import type {
  KeptEvent,
  PartitionStanding,
  ReadingStep,
  TopicReadStore,
  TopicSource,
  TopicTransaction,
} from '../topic-store';
import { keptEvents, keptRevisions } from './kept-events';
import { listOf, toFact, toHead, toParked, toSegment, wholeNumber } from './rows';
import { readStoreTables } from './schema';
import { StepsInTurn } from './steps-in-turn';
import {
  beginCheckpoint,
  factsAfter,
  factsOfCollection,
  headsAfterPosition,
  keysFrom,
  lastSegmentsOfSheets,
  moveCheckpoint,
  segmentsAtPosition,
  segmentsOfSheets,
  segmentsSince,
} from './statements';
import {
  beginPartitions,
  commitAtOnce,
  movePartition,
  readSource,
  sayTheSource,
  standingOfPartition,
} from './topic-statements';

interface Step {
  readonly partition: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Read models in one schema of a PostgreSQL database: as many projectors as there are partitions, and as many readers as
 * are needed, in processes of their own. It is disposable: dropped, it is made anew from the log.
 */
export class PostgresReadStore implements TopicReadStore {
  readonly engine = 'postgresql';
  readonly #database: PostgresDatabase;
  readonly #steps: StepsInTurn;

  private constructor(database: PostgresDatabase) {
    this.#database = database;
    this.#steps = new StepsInTurn(database);
  }

  /** The schema of the database that it is in. */
  get schema(): string {
    return this.#database.schema;
  }

  /**
   * Opens a schema, making it where it is missing.
   * @throws PostgresError, and what `PostgresDatabase.open` and `migratePostgres` throw
   */
  static async open(address: string, schema: string): Promise<PostgresReadStore> {
    // What is lost in a crash of the server is applied again from the log: the checkpoint is in the same transaction.
    const database = await PostgresDatabase.open(address, { schema, durable: 'LATER' });
    try {
      await migratePostgres(database, readStoreTables);
    } catch (error) {
      await database.close();
      throw error;
    }
    return new PostgresReadStore(database);
  }

  /** Removes a schema with everything in it; one that is not there is removed already. @throws PostgresError */
  static async drop(address: string, schema: string): Promise<void> {
    const database = await PostgresDatabase.open(address, { schema, durable: 'FULL' });
    try {
      // Its name was checked when it was opened.
      await database.change(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    } finally {
      await database.close();
    }
  }

  async advance(step: Step, work: (transaction: WriteTransaction) => Promise<void>): Promise<void> {
    const { partition } = step;
    await this.#steps.take({ partition, move: async (transaction) => move(transaction, step) }, work);
  }

  async readOn(step: ReadingStep, work: (transaction: TopicTransaction) => Promise<void>): Promise<void> {
    const { partition } = step;
    await this.#steps.take({ partition, move: async (transaction) => moveReading(transaction, step) }, work);
  }

  async source(): Promise<TopicSource | undefined> {
    const [row] = await this.#database.rows(readSource);
    if (row === undefined) return undefined;
    const [topic, partitions, group] = row;
    return { topic: String(topic), partitions: wholeNumber(partitions), group: String(group) };
  }

  async keepFrom(source: TopicSource): Promise<TopicSource> {
    const { topic, partitions, group } = source;
    await this.#database.transaction(async (transaction) => {
      // A crash must not take it back: whoever goes on from here would wait for partitions that are not there.
      await transaction.change(commitAtOnce);
      const said = await transaction.change(sayTheSource, [topic, partitions, group]);
      if (said === 1) await transaction.change(beginPartitions, [partitions]);
    });
    return (await this.source()) ?? source;
  }

  async standing(partition: number): Promise<PartitionStanding> {
    return standingOf(this.#database, partition);
  }

  async revisions(streams: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
    return keptRevisions(this.#database, streams);
  }

  async events(streams: readonly string[]): Promise<readonly KeptEvent[]> {
    return keptEvents(this.#database, streams);
  }

  async checkpoints(): Promise<ReadonlyMap<number, number>> {
    const rows = await this.#database.rows('SELECT partition, position FROM checkpoint ORDER BY partition');
    return new Map(rows.map(([partition, position]) => [wholeNumber(partition), wholeNumber(position)]));
  }

  async dictionary(dictionary: Dictionary, from: number): Promise<readonly string[]> {
    return (await this.#database.rows(keysFrom(dictionary), [from])).map(([key]) => String(key));
  }

  async segments(sheets: readonly number[], upTo: number): Promise<readonly Segment[]> {
    if (sheets.length === 0) return [];
    return (await this.#database.rows(segmentsOfSheets, [listOf(sheets), upTo])).map(toSegment);
  }

  async segmentsAfter(read: readonly ReadSheet[], upTo: number): Promise<readonly Segment[]> {
    if (read.length === 0) return [];
    const sheets = listOf(read.map(({ sheet }) => sheet));
    const after = listOf(read.map((one) => one.after));
    return (await this.#database.rows(segmentsSince, [sheets, after, upTo])).map(toSegment);
  }

  async segmentsAt(sheet: number, upTo: number): Promise<readonly Segment[]> {
    return (await this.#database.rows(segmentsAtPosition, [sheet, upTo])).map(toSegment);
  }

  async headsAfter(partition: number, position: number): Promise<readonly SegmentHead[]> {
    const rows = await this.#database.rows(headsAfterPosition, [partition, position]);
    return rows.map((row) => toHead(partition, row));
  }

  async lastSegments(partition: number, sheets: readonly number[]): Promise<readonly Segment[]> {
    if (sheets.length === 0) return [];
    return (await this.#database.rows(lastSegmentsOfSheets, [listOf(sheets), partition])).map(toSegment);
  }

  async facts(collection: string, after: number, limit: number): Promise<readonly FactRow[]> {
    const rows = await this.#database.rows(factsAfter, [collection, after, limit]);
    return rows.map((row) => toFact(collection, row));
  }

  async countFacts(collection: string): Promise<number> {
    const [row] = await this.#database.rows(factsOfCollection, [collection]);
    return wholeNumber(row?.[0]);
  }

  async label(): Promise<string | null> {
    const [row] = await this.#database.rows('SELECT text FROM label');
    return row === undefined ? null : String(row[0]);
  }

  async setLabel(label: string): Promise<void> {
    await this.#database.change(
      'INSERT INTO label (text) VALUES ($1) ON CONFLICT (only_one) DO UPDATE SET text = excluded.text',
      [label],
    );
  }

  async parked(upTo: number): Promise<readonly ParkedEvent[]> {
    const rows = await this.#database.rows(
      'SELECT partition, position, stream, reason FROM parked WHERE position <= $1::bigint ORDER BY position',
      [upTo],
    );
    return rows.map(toParked);
  }

  /** Closing twice does nothing more. */
  async close(): Promise<void> {
    await this.#steps.settled();
    await this.#database.close();
  }
}

/** Moves a checkpoint by compare-and-set. @throws CheckpointMovedError */
async function move(transaction: Queryable, { partition, from, to }: Step): Promise<void> {
  if ((await transaction.change(moveCheckpoint, [partition, from, to])) === 1) return;
  if (from === 0 && (await transaction.change(beginCheckpoint, [partition, to])) === 1) return;
  const [row] = await transaction.rows('SELECT position FROM checkpoint WHERE partition = $1', [partition]);
  throw new CheckpointMovedError(partition, from, wholeNumber(row?.[0] ?? 0));
}

async function standingOf(on: Queryable, partition: number): Promise<PartitionStanding> {
  const [row] = await on.rows(standingOfPartition, [partition]);
  return { position: wholeNumber(row?.[0] ?? 0), offset: wholeNumber(row?.[1] ?? 0) };
}

/** @throws CheckpointMovedError */
async function moveReading(transaction: Queryable, { partition, from, to }: ReadingStep): Promise<void> {
  const places = [from.position, from.offset, to.position, to.offset];
  if ((await transaction.change(movePartition, [partition, ...places])) === 1) return;
  const { position, offset } = await standingOf(transaction, partition);
  throw position === from.position
    ? new CheckpointMovedError(partition, from.offset, offset)
    : new CheckpointMovedError(partition, from.position, position);
}
