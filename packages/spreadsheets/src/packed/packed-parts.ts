import type { Readable } from 'node:stream';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { UnreadableWorkbookError, type ReadingCount } from '../unreadable';

/** More parts than any workbook has. */
const mostParts = 10_000;

const damaged =
  'The file is no workbook that can be read: it is damaged or cut off. Open it and save it anew.';

/** The parts of a packed workbook, each unpacked only while it is read. */
export class PackedParts {
  private constructor(
    readonly zip: ZipFile,
    readonly entries: ReadonlyMap<string, Entry>,
    readonly count: ReadingCount,
  ) {}

  /** @throws UnreadableWorkbookError */
  static async open(bytes: Uint8Array, count: ReadingCount): Promise<PackedParts> {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    try {
      const zip = await new Promise<ZipFile>((resolve, reject) =>
        fromBuffer(buffer, { lazyEntries: true, autoClose: false }, (error, opened) =>
          error === null ? resolve(opened) : reject(error),
        ),
      );
      return new PackedParts(zip, await entriesOf(zip), count);
    } catch (error) {
      throw error instanceof UnreadableWorkbookError ? error : new UnreadableWorkbookError(damaged);
    }
  }

  has(name: string): boolean {
    return this.entries.has(name.toLowerCase());
  }

  /** The unpacked bytes of a part, as they come. @throws UnreadableWorkbookError */
  async *read(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name.toLowerCase());
    if (entry === undefined)
      throw new UnreadableWorkbookError(`The workbook has no part ${name.slice(0, 80)}; ${damaged}`);
    let stream: Readable | undefined;
    try {
      stream = await new Promise<Readable>((resolve, reject) =>
        this.zip.openReadStream(entry, (error, opened) => (error === null ? resolve(opened) : reject(error))),
      );
      for await (const chunk of stream) {
        // A stream of a packed part gives buffers.
        const bytes = chunk as Buffer;
        this.count.unpacked(bytes.length);
        yield bytes;
      }
    } catch (error) {
      throw error instanceof UnreadableWorkbookError ? error : new UnreadableWorkbookError(damaged);
    } finally {
      stream?.destroy();
    }
  }
}

async function entriesOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  await new Promise<void>((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', resolve);
    zip.on('entry', (entry: Entry) => {
      const name = entry.fileName.toLowerCase();
      if (entries.has(name) || entries.size >= mostParts) {
        reject(new UnreadableWorkbookError('The file holds a part twice, or too many parts. Save it anew.'));
        return;
      }
      if (entry.isEncrypted()) {
        reject(new UnreadableWorkbookError('The file is locked with a password. Save it without one.'));
        return;
      }
      entries.set(name, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
  return entries;
}
