import type { Workbook } from '../cells';
import { readOds } from '../ods/read-ods';
import { ReadingCount, UnreadableWorkbookError, type ReadingLimits } from '../unreadable';
import { readXlsx } from '../xlsx/read-xlsx';
import { PackedParts } from './packed-parts';

/** Reads a packed workbook, told apart by the parts it has. @throws UnreadableWorkbookError */
export async function readPacked(bytes: Uint8Array, limits: ReadingLimits): Promise<Workbook> {
  const parts = await PackedParts.open(bytes, new ReadingCount(limits));
  try {
    if (parts.has('xl/workbook.xml')) return await readXlsx(parts);
    if (parts.has('content.xml')) return await readOds(parts);
    throw new UnreadableWorkbookError('The file is packed like a workbook and holds none. Save it as .xlsx.');
  } finally {
    parts.zip.close();
  }
}
