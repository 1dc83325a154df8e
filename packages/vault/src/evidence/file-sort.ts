import { EvidenceRefusedError } from './evidence';

/** The largest file that is kept, in bytes. */
export const largestEvidence = 20 * 1024 * 1024;

/** Sorts of file by how they begin: a name can say anything. */
const beginnings: readonly (readonly [mediaType: string, bytes: readonly number[]])[] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
];

/** Office documents are archives: which, their name says. */
const archives: Readonly<Record<string, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odt: 'application/vnd.oasis.opendocument.text',
};
const archiveBegins = [0x50, 0x4b, 0x03, 0x04];
const texts: Readonly<Record<string, string>> = { csv: 'text/csv', txt: 'text/plain' };

function begins(bytes: Uint8Array, beginning: readonly number[]): boolean {
  return beginning.every((byte, at) => bytes[at] === byte);
}

function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/**
 * The media type of a file that may be evidence.
 * @throws EvidenceRefusedError saying what is taken
 */
export function sortOfFile({ bytes, name }: { readonly bytes: Uint8Array; readonly name: string }): string {
  if (bytes.length === 0) throw new EvidenceRefusedError('file', 'the file is empty; choose another');
  if (bytes.length > largestEvidence)
    throw new EvidenceRefusedError(
      'file',
      `the file has ${bytes.length} bytes; at most ${largestEvidence} (20 MB) are kept, so attach it in parts`,
    );
  const extension = name.toLowerCase().split('.').at(-1) ?? '';
  const found =
    beginnings.find(([, beginning]) => begins(bytes, beginning))?.[0] ??
    (begins(bytes, archiveBegins) ? archives[extension] : undefined) ??
    (texts[extension] !== undefined && isText(bytes) ? texts[extension] : undefined);
  if (found === undefined)
    throw new EvidenceRefusedError(
      'file',
      'this sort of file is not taken; attach a PDF, PNG, JPEG, XLSX, DOCX, ODS, ODT, CSV or TXT file that is what its name says',
    );
  return found;
}
