import {
  migrate,
  openDatabase,
  type ArrayStatement,
  type Database,
  type PreparedStatement,
  type SqlValue,
} from '@ledger/sqlite';
import {
  CheckpointMovedError,
  type Dictionary,
  type DocumentQuery,
  type DocumentVersion,
  type FoundDocument,
  type ParkedEvent,
  type ReadStore,
  type Segment,
  type SegmentHead,
  type WriteTransaction,
} from '../port';
import { documentColumns, fromSegment, segmentColumns, toDocument, toSegment } from './rows';
import { readStoreSchema } from './schema';

/** Later than every position. */
const forEver = Number.MAX_SAFE_INTEGER;

/** Statements of the writing connection. */
class Writing implements WriteTransaction {
  readonly #intern: Record<Dictionary, { readonly find: ArrayStatement; readonly insert: PreparedStatement }>;
  readonly #putSegment: PreparedStatement;
  readonly #endVersion: PreparedStatement;
  readonly #putDocument: PreparedStatement;
  readonly #putKey: PreparedStatement;
  readonly #park: PreparedStatement;

  constructor(database: Database) {
    const dictionary = (table: Dictionary): { find: ArrayStatement; insert: PreparedStatement } => ({
      find: database.prepareArrays(`SELECT number FROM ${table} WHERE key = ?`),
      insert: database.prepare(`INSERT INTO ${table} (key) VALUES (?)`),
    });
    this.#intern = {
      sheet: dictionary('sheet'),
      member: dictionary('member'),
      body: dictionary('body'),
      person: dictionary('person'),
    };
    this.#putSegment = database.prepare(
      `INSERT INTO segment (${segmentColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (sheet, partition, first) DO UPDATE SET last = excluded.last, postings = excluded.postings,
         lines_after = excluded.lines_after, quantity_after = excluded.quantity_after, bytes = excluded.bytes`,
    );
    this.#endVersion = database.prepare(
      `UPDATE document SET until = ? WHERE collection = ? AND ordinal = ? AND until = ${forEver}`,
    );
    this.#putDocument = database.prepare(
      `INSERT INTO document (collection, ordinal, position, until, id, search, body) VALUES (?, ?, ?, ${forEver}, ?, ?, ?)`,
    );
    this.#putKey = database.prepare(
      'INSERT INTO document_key (collection, key, ordinal, row) VALUES (?, ?, ?, ?)',
    );
    this.#park = database.prepare(
      'INSERT INTO parked (partition, position, stream, reason) VALUES (?, ?, ?, ?)',
    );
  }

  async intern(dictionary: Dictionary, keys: readonly string[]): Promise<readonly number[]> {
    const { find, insert } = this.#intern[dictionary];
    return keys.map((key) => Number(find.get(key)?.[0] ?? insert.run(key).lastInsertRowid));
  }

  async putSegments(segments: readonly Segment[]): Promise<void> {
    for (const segment of segments) this.#putSegment.run(...fromSegment(segment));
  }

  async putDocuments(documents: readonly DocumentVersion[]): Promise<void> {
    for (const { collection, id, ordinal, position, keys, search, body } of documents) {
      if (position !== ordinal) this.#endVersion.run(position, collection, ordinal);
      const row = this.#putDocument.run(collection, ordinal, position, id, search, body).lastInsertRowid;
      for (const key of keys) this.#putKey.run(collection, key, ordinal, row);
    }
  }

  async park(events: readonly ParkedEvent[]): Promise<void> {
    for (const { partition, position, stream, reason } of events)
      this.#park.run(partition, position, stream, reason);
  }
}

/** Read models in one SQLite file. It is disposable: deleted, it is made anew from the log. */
export class SqliteReadStore implements ReadStore {
  readonly engine = 'sqlite';
  readonly #writer: Database;
  readonly #reader: Database;
  readonly #writing: Writing;
  readonly #checkpoint: ArrayStatement;
  readonly #putCheckpoint: PreparedStatement;
  readonly #checkpoints: ArrayStatement;
  readonly #dictionaries: Record<Dictionary, ArrayStatement>;
  readonly #segments: ArrayStatement;
  readonly #segmentAt: ArrayStatement;
  readonly #headsAfter: ArrayStatement;
  readonly #lastSegment: ArrayStatement;
  readonly #document: ArrayStatement;
  readonly #documentsAfter: ArrayStatement;
  readonly #parked: ArrayStatement;
  readonly #lists = new Map<string, ArrayStatement>();
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(writer: Database, reader: Database) {
    this.#writer = writer;
    this.#reader = reader;
    this.#writing = new Writing(writer);
    this.#checkpoint = writer.prepareArrays('SELECT position FROM checkpoint WHERE partition = ?');
    this.#putCheckpoint = writer.prepare(
      'INSERT INTO checkpoint VALUES (?, ?) ON CONFLICT (partition) DO UPDATE SET position = excluded.position',
    );
    this.#checkpoints = reader.prepareArrays('SELECT partition, position FROM checkpoint ORDER BY partition');
    const dictionary = (table: Dictionary): ArrayStatement =>
      reader.prepareArrays(`SELECT key FROM ${table} WHERE number >= ? ORDER BY number`);
    this.#dictionaries = {
      sheet: dictionary('sheet'),
      member: dictionary('member'),
      body: dictionary('body'),
      person: dictionary('person'),
    };
    this.#segments = reader.prepareArrays(
      `SELECT ${segmentColumns} FROM segment WHERE sheet = ? AND first <= ? ORDER BY partition, first`,
    );
    this.#segmentAt = reader.prepareArrays(
      `SELECT ${segmentColumns} FROM segment WHERE sheet = ? AND partition = ? AND first <= ? ORDER BY first DESC LIMIT 1`,
    );
    this.#headsAfter = reader.prepareArrays(
      'SELECT sheet, first, last, lines_after, quantity_after FROM segment WHERE partition = ? AND last > ? ORDER BY last',
    );
    this.#lastSegment = writer.prepareArrays(
      `SELECT ${segmentColumns} FROM segment WHERE sheet = ? AND partition = ? ORDER BY first DESC LIMIT 1`,
    );
    this.#document = reader.prepareArrays(
      `SELECT ${documentColumns} FROM document d WHERE collection = ? AND id = ? AND position <= ? ORDER BY position DESC LIMIT 1`,
    );
    this.#documentsAfter = reader.prepareArrays(
      `SELECT ${documentColumns} FROM document d WHERE collection = ? AND ordinal > ? AND until = ${forEver} ORDER BY ordinal LIMIT ?`,
    );
    this.#parked = reader.prepareArrays(
      'SELECT partition, position, stream, reason FROM parked WHERE position <= ? ORDER BY position',
    );
  }

  /** Opens a file, making it where it is missing. @throws NewerSchemaError, SqliteError */
  static open(file: string): SqliteReadStore {
    // What is lost in a power cut is applied again from the log: the checkpoint is in the same transaction.
    const writer = openDatabase(file, { synchronous: 'NORMAL' });
    migrate(writer, readStoreSchema);
    return new SqliteReadStore(writer, openDatabase(file, { synchronous: 'NORMAL', readOnly: true }));
  }

  async advance(
    step: { readonly partition: number; readonly from: number; readonly to: number },
    work: (transaction: WriteTransaction) => Promise<void>,
  ): Promise<void> {
    const mine = this.#turn.then(async () => this.#advance(step, work));
    // A failed step is the business of its caller, not of the next one in turn.
    this.#turn = mine.catch(() => undefined);
    await mine;
  }

  async #advance(
    { partition, from, to }: { readonly partition: number; readonly from: number; readonly to: number },
    work: (transaction: WriteTransaction) => Promise<void>,
  ): Promise<void> {
    this.#writer.exec('BEGIN IMMEDIATE');
    try {
      const actual = Number(this.#checkpoint.get(partition)?.[0] ?? 0);
      if (actual !== from) throw new CheckpointMovedError(partition, from, actual);
      await work(this.#writing);
      this.#putCheckpoint.run(partition, to);
      this.#writer.exec('COMMIT');
    } catch (error) {
      this.#writer.exec('ROLLBACK');
      throw error;
    }
  }

  async checkpoints(): Promise<ReadonlyMap<number, number>> {
    return new Map(
      this.#checkpoints.all().map(([partition, position]) => [Number(partition), Number(position)]),
    );
  }

  async dictionary(dictionary: Dictionary, from: number): Promise<readonly string[]> {
    return this.#dictionaries[dictionary].all(from).map(([key]) => String(key));
  }

  async segments(sheet: number, upTo: number): Promise<readonly Segment[]> {
    return this.#segments.all(sheet, upTo).map(toSegment);
  }

  async segmentsAt(sheet: number, upTo: number): Promise<readonly Segment[]> {
    const found: Segment[] = [];
    for (const [partition] of this.#checkpoints.all()) {
      const row = this.#segmentAt.get(sheet, Number(partition), upTo);
      if (row !== undefined) found.push(toSegment(row));
    }
    return found;
  }

  async headsAfter(partition: number, position: number): Promise<readonly SegmentHead[]> {
    return this.#headsAfter
      .all(partition, position)
      .map(([sheet, first, last, linesAfter, quantityAfter]) => ({
        partition,
        sheet: Number(sheet),
        first: Number(first),
        last: Number(last),
        linesAfter: Number(linesAfter),
        quantityAfter: Number(quantityAfter),
      }));
  }

  async lastSegment(partition: number, sheet: number): Promise<Segment | undefined> {
    const row = this.#lastSegment.get(sheet, partition);
    return row && toSegment(row);
  }

  async document(collection: string, id: string, upTo: number): Promise<FoundDocument | undefined> {
    const row = this.#document.get(collection, id, upTo);
    return row && toDocument(row);
  }

  async documents(query: DocumentQuery): Promise<readonly FoundDocument[]> {
    const { beforeOrdinal = forEver, limit } = query;
    const rows = this.#list(documentColumns, query, 'AND d.ordinal < ? ORDER BY d.ordinal DESC LIMIT ?', [
      beforeOrdinal,
      limit,
    ]);
    return rows.map(toDocument);
  }

  async countDocuments(query: Omit<DocumentQuery, 'limit' | 'beforeOrdinal'>): Promise<number> {
    return Number(this.#list('count(*)', query, '', [])[0]?.[0] ?? 0);
  }

  #list(
    columns: string,
    { collection, upTo, keys = [], words = [] }: Omit<DocumentQuery, 'limit' | 'beforeOrdinal'>,
    rest: string,
    parameters: readonly SqlValue[],
  ): SqlValue[][] {
    const sql =
      `SELECT ${columns} FROM document d WHERE d.collection = ? AND d.position <= ? AND d.until > ? ` +
      keys
        .map(
          () =>
            'AND EXISTS (SELECT 1 FROM document_key k WHERE k.collection = d.collection AND k.key = ? AND k.ordinal = d.ordinal AND k.row = d.row) ',
        )
        .join('') +
      words.map(() => 'AND instr(d.search, ?) > 0 ').join('') +
      rest;
    let statement = this.#lists.get(sql);
    if (statement === undefined) {
      statement = this.#reader.prepareArrays(sql);
      this.#lists.set(sql, statement);
    }
    return statement.all(collection, upTo, upTo, ...keys, ...words, ...parameters);
  }

  async documentsAfter(
    collection: string,
    ordinal: number,
    limit: number,
  ): Promise<readonly FoundDocument[]> {
    return this.#documentsAfter.all(collection, ordinal, limit).map(toDocument);
  }

  async parked(upTo: number): Promise<readonly ParkedEvent[]> {
    return this.#parked.all(upTo).map(([partition, position, stream, reason]) => ({
      partition: Number(partition),
      position: Number(position),
      stream: String(stream),
      reason: String(reason),
    }));
  }

  async close(): Promise<void> {
    await this.#turn;
    this.#reader.close();
    this.#writer.close();
  }
}
