import type { Readable } from 'node:stream';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { UnreadableWorkbookError, type ReadingCount } from '../unreadable';

/*
 * yauzl reads the directory of an archive and unpacks each part as a stream. Its one advisory (CVE-2026-31988, a crash over
 * damaged time stamps) is of 3.2.0 and mended in 3.2.1; times of parts are not asked for here in any case. It checks that a
 * part has the size it says, and leaves it to its user how much may be unpacked: that is counted below.
 */

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
