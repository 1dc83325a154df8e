import { UnreadableWorkbookError } from '../unreadable';

/** A text and what it was written in. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: string;
}

/** How much of a file is looked at to tell UTF-16 without a mark. */
const looked = 4096;

/** Text of UTF-16 in Western languages has a zero in every other byte; other text has none. */
function unmarkedUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const sample = bytes.subarray(0, looked - (looked % 2));
  let even = 0;
  let odd = 0;
  for (const [at, byte] of sample.entries()) {
    if (byte === 0 && at % 2 === 0) even += 1;
    if (byte === 0 && at % 2 === 1) odd += 1;
  }
  const half = sample.length / 2;
  if (odd > half * 0.6 && even < half * 0.1) return 'utf-16le';
  if (even > half * 0.6 && odd < half * 0.1) return 'utf-16be';
  return undefined;
}

function decoded(bytes: Uint8Array, label: string): string {
  return new TextDecoder(label, { fatal: true }).decode(bytes);
}

/** Finds out the encoding of a text file and reads it. @throws UnreadableWorkbookError for what is no text */
export function decodeText(bytes: Uint8Array): DecodedText {
  const begins = (...mark: readonly number[]): boolean => mark.every((byte, at) => bytes[at] === byte);
  const utf16 = begins(0xff, 0xfe) ? 'utf-16le' : begins(0xfe, 0xff) ? 'utf-16be' : unmarkedUtf16(bytes);
  try {
    if (utf16 !== undefined) {
      const marked = begins(0xff, 0xfe) || begins(0xfe, 0xff);
      const order = utf16 === 'utf-16le' ? 'UTF-16 (little-endian)' : 'UTF-16 (big-endian)';
      return noBinary(decoded(bytes, utf16), `${order}${marked ? ', with its mark' : ', without mark'}`);
    }
    const marked = begins(0xef, 0xbb, 0xbf);
    return noBinary(decoded(bytes, 'utf-8'), marked ? 'UTF-8, with its mark' : 'UTF-8');
  } catch (error) {
    if (error instanceof UnreadableWorkbookError) throw error;
    // Every byte is some letter in Windows-1252, so it comes last.
    return noBinary(decoded(bytes, 'windows-1252'), 'Windows-1252');
  }
}

function noBinary(text: string, encoding: string): DecodedText {
  if (text.includes('\0'))
    throw new UnreadableWorkbookError(
      'The file is neither a workbook nor text. Save it as .xlsx, or as CSV in UTF-8.',
    );
  return { text, encoding };
}
