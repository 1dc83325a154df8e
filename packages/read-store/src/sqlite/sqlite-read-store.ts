import {
  isFull,
  migrate,
  openDatabase,
  type ArrayStatement,
  type Database,
  type DatabaseOptions,
  type PreparedStatement,
} from '@ledger/sqlite';
import {
  CheckpointMovedError,
  type Dictionary,
  type FactRow,
  type ParkedEvent,
  type ReadSheet,
  type ReadStore,
  type Segment,
  type SegmentHead,
  type WriteTransaction,
} from '../port';
import { RecentHeads } from './recent-heads';
import { fromSegment, segmentColumns, toSegment } from './rows';
import { readStoreSchema } from './schema';

/** 32 MB. */
const mostWalPages = 8000;
/** How long nothing is written before the write-ahead log is written back, in milliseconds. */
const idleAfter = 300;

/** One more than any number of a sheet. */
const sheets = 2 ** 31;

/** Statements of the writing connection. */
class Writing implements WriteTransaction {
  readonly #intern: Record<Dictionary, { readonly find: ArrayStatement; readonly insert: PreparedStatement }>;
  readonly #findSegment: ArrayStatement;
  readonly #insertSegment: PreparedStatement;
  readonly #updateSegment: PreparedStatement;
  readonly #putFact: PreparedStatement;
  readonly #park: PreparedStatement;

  /** Where the segment of a sheet is that was written last: it is most often written again. */
  readonly #rows = new Map<number, { readonly first: number; readonly row: number }>();
  #written: Segment[] = [];

  constructor(database: Database) {
    const dictionary = (table: Dictionary): { find: ArrayStatement; insert: PreparedStatement } => ({
      find: database.prepareArrays(`SELECT number FROM ${table} WHERE key = ?`),
      insert: database.prepare(`INSERT INTO ${table} (key) VALUES (?) ON CONFLICT DO NOTHING`),
    });
    this.#intern = {
      sheet: dictionary('sheet'),
      body: dictionary('body'),
      person: dictionary('person'),
      manner: dictionary('manner'),
    };
    this.#findSegment = database.prepareArrays(
      'SELECT rowid FROM segment WHERE sheet = ? AND partition = ? AND first = ?',
    );
    this.#insertSegment = database.prepare(
      `INSERT INTO segment (${segmentColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#updateSegment = database.prepare(
      'UPDATE segment SET last = ?, postings = ?, lines_after = ?, quantity_after = ?, bytes = ? WHERE rowid = ?',
    );
    this.#putFact = database.prepare('INSERT INTO fact (collection, position, id, body) VALUES (?, ?, ?, ?)');
    this.#park = database.prepare(
      'INSERT INTO parked (partition, position, stream, reason) VALUES (?, ?, ?, ?)',
    );
  }

  async intern(dictionary: Dictionary, keys: readonly string[]): Promise<readonly number[]> {
    const { find, insert } = this.#intern[dictionary];
    // Most keys that are asked for are new: tried first, that is one step and not two.
    return keys.map((key) => {
      const { changes, lastInsertRowid } = insert.run(key);
      return changes === 1 ? lastInsertRowid : Number(find.get(key)?.[0]);
    });
  }

  async putSegments(segments: readonly Segment[]): Promise<void> {
    for (const segment of segments) {
      this.#put(segment);
      this.#written.push(segment);
    }
  }

  #put(segment: Segment): void {
    const { sheet, partition, first } = segment;
    const key = partition * sheets + sheet;
    const known = this.#rows.get(key);
    const row = known?.first === first ? known.row : this.#findSegment.get(sheet, partition, first)?.[0];
    if (row === undefined) {
      this.#rows.set(key, { first, row: this.#insertSegment.run(...fromSegment(segment)).lastInsertRowid });
      return;
    }
    this.#updateSegment.run(
      segment.last,
      segment.postings,
      segment.linesAfter,
      segment.quantityAfter,
      segment.bytes,
      row,
    );
    if (known?.first !== first) this.#rows.set(key, { first, row: Number(row) });
  }

  /** The segments written since this was last called. */
  takeWritten(): readonly Segment[] {
    const written = this.#written;
    this.#written = [];
    return written;
  }

  /** After a step that was taken back: what it wrote is where it was before. */
  forget(): void {
    this.#rows.clear();
    this.#written = [];
  }

  async putFacts(facts: readonly FactRow[]): Promise<void> {
    for (const { collection, position, id, body } of facts) this.#putFact.run(collection, position, id, body);
  }

  async park(events: readonly ParkedEvent[]): Promise<void> {
    for (const { partition, position, stream, reason } of events)
      this.#park.run(partition, position, stream, reason);
  }
}

/** Read models in one SQLite file. It is disposable: deleted, it is made anew from the log. */
export class SqliteReadStore implements ReadStore {
  #closed = false;
  readonly engine = 'sqlite';
  readonly #writer: Database;
  readonly #reader: Database;
  readonly #writing: Writing;
  readonly #checkpoint: ArrayStatement;
  readonly #putCheckpoint: PreparedStatement;
  readonly #checkpoints: ArrayStatement;
  readonly #dictionaries: Record<Dictionary, ArrayStatement>;
  readonly #segments: ArrayStatement;
  readonly #segmentsFrom: ArrayStatement;
  readonly #segmentAt: ArrayStatement;
  readonly #headsAfter: ArrayStatement;
  readonly #lastSegment: ArrayStatement;
  readonly #facts: ArrayStatement;
  readonly #countFacts: ArrayStatement;
  readonly #parked: ArrayStatement;
  readonly #recent = new RecentHeads();
  #turn: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;

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
      body: dictionary('body'),
      person: dictionary('person'),
      manner: dictionary('manner'),
    };
    this.#segments = reader.prepareArrays(
      `SELECT ${segmentColumns} FROM segment
       WHERE sheet IN (SELECT value FROM json_each(?)) AND first <= ? ORDER BY sheet, partition, first`,
    );
    // From the segment that begins last at or before a position: it may end after it.
    this.#segmentsFrom = reader.prepareArrays(
      `SELECT ${segmentColumns} FROM segment WHERE sheet = ?1 AND partition = ?2 AND first >= coalesce(
         (SELECT max(first) FROM segment WHERE sheet = ?1 AND partition = ?2 AND first <= ?3), 0
       ) AND first <= ?4 ORDER BY first`,
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
    this.#facts = reader.prepareArrays(
      'SELECT position, id, body FROM fact WHERE collection = ? AND position > ? ORDER BY position LIMIT ?',
    );
    this.#countFacts = reader.prepareArrays('SELECT count(*) FROM fact WHERE collection = ?');
    this.#parked = reader.prepareArrays(
      'SELECT partition, position, stream, reason FROM parked WHERE position <= ? ORDER BY position',
    );
  }

  /** Opens a file, making it where it is missing. @throws NewerSchemaError, SqliteError */
  static open(file: string, memory: Pick<DatabaseOptions, 'cacheKilobytes'> = {}): SqliteReadStore {
    // What is lost in a power cut is applied again from the log: the checkpoint is in the same transaction.
    const writer = openDatabase(file, { ...memory, synchronous: 'NORMAL' });
    // The write-ahead log is written back when nothing else is to be done, and at the latest at this many pages.
    writer.exec(`PRAGMA wal_autocheckpoint = ${mostWalPages}`);
    migrate(writer, readStoreSchema);
    return new SqliteReadStore(
      writer,
      openDatabase(file, { ...memory, synchronous: 'NORMAL', readOnly: true }),
    );
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
      this.#recent.add(partition, from, to, this.#writing.takeWritten());
      this.#writeBackWhenIdle();
    } catch (error) {
      this.#writing.forget();
      this.#rollBack();
      throw error;
    }
  }

  #rollBack(): void {
    try {
      this.#writer.exec('ROLLBACK');
    } catch {
      // SQLite rolled back by itself (a full disk does that); the first error is the one to report.
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

  async segments(sheets: readonly number[], upTo: number): Promise<readonly Segment[]> {
    if (sheets.length === 0) return [];
    return this.#segments.all(JSON.stringify(sheets), upTo).map(toSegment);
  }

  async segmentsAfter(read: readonly ReadSheet[], upTo: number): Promise<readonly Segment[]> {
    if (read.length === 0) return [];
    const partitions = this.#checkpoints.all().map(([partition]) => Number(partition));
    const found: Segment[] = [];
    for (const { sheet, after } of read)
      for (const partition of partitions)
        for (const row of this.#segmentsFrom.all(sheet, partition, after, upTo)) {
          const segment = toSegment(row);
          if (segment.last > after) found.push(segment);
        }
    return found;
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
    const recent = this.#recent.after(partition, position);
    if (recent !== undefined) return recent;
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

  async lastSegments(partition: number, sheets: readonly number[]): Promise<readonly Segment[]> {
    return sheets.flatMap((sheet) => {
      const row = this.#lastSegment.get(sheet, partition);
      return row === undefined ? [] : toSegment(row);
    });
  }

  async facts(collection: string, after: number, limit: number): Promise<readonly FactRow[]> {
    return this.#facts.all(collection, after, limit).map(([position, id, body]) => ({
      collection,
      position: Number(position),
      id: String(id),
      body: String(body),
    }));
  }

  async countFacts(collection: string): Promise<number> {
    return Number(this.#countFacts.get(collection)?.[0] ?? 0);
  }

  async label(): Promise<string | null> {
    const text = this.#reader.value('SELECT text FROM label');
    return text === null ? null : String(text);
  }

  async setLabel(label: string): Promise<void> {
    this.#writer
      .prepare('INSERT INTO label VALUES (1, ?) ON CONFLICT (only) DO UPDATE SET text = excluded.text')
      .run(label);
  }

  async parked(upTo: number): Promise<readonly ParkedEvent[]> {
    return this.#parked.all(upTo).map(([partition, position, stream, reason]) => ({
      partition: Number(partition),
      position: Number(position),
      stream: String(stream),
      reason: String(reason),
    }));
  }

  /** Writing back in the middle of things is what makes a commit take tens of milliseconds. */
  #writeBackWhenIdle(): void {
    if (this.#idle !== undefined) {
      this.#idle.refresh();
      return;
    }
    this.#idle = setTimeout(() => {
      this.#idle = undefined;
      this.#turn = this.#turn.then(() => this.#writeBack('PASSIVE'));
    }, idleAfter);
    this.#idle.unref();
  }

  /** On a disk that is full or fails, what is to be written back stays where it is, and is read from there. */
  #writeBack(how: 'PASSIVE' | 'TRUNCATE'): void {
    try {
      this.#writer.exec(`PRAGMA wal_checkpoint(${how})`);
    } catch (error) {
      if (!isFull(error)) throw error;
    }
  }

  /** Closing twice does nothing more: a draft is closed by whoever built it, and by the shelf. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#idle);
    await this.#turn;
    // The driver may let go of the file only later; what is in the write-ahead log is written back now.
    this.#writeBack('TRUNCATE');
    this.#reader.close();
    this.#writer.close();
  }
}
