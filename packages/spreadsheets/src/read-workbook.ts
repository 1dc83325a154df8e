import type { Workbook } from './cells';
import { readCsv } from './csv/read-csv';
import { readPacked } from './packed/read-packed';
import { UnreadableWorkbookError, usualLimits, type ReadingLimits } from './unreadable';

/**
 * Reads a file as sheets of cells, told apart by how it begins and never by its name.
 * @param name what the one sheet of a CSV file is called
 * @throws UnreadableWorkbookError
 */
export async function readWorkbook(
  bytes: Uint8Array,
  name: string,
  limits: ReadingLimits = usualLimits,
): Promise<Workbook> {
  const begins = (...mark: readonly number[]): boolean => mark.every((byte, at) => bytes[at] === byte);
  if (bytes.length === 0) throw new UnreadableWorkbookError('The file is empty.');
  if (begins(0xd0, 0xcf, 0x11, 0xe0))
    throw new UnreadableWorkbookError(
      'The file is a workbook of the old form (.xls), or locked with a password. Save it as .xlsx, without a password.',
    );
  if (begins(0x50, 0x4b)) return readPacked(bytes, limits);
  return readCsv(bytes, name, limits);
}
