import { foreignRecord } from '../errors';
import type { TopicRecord } from '../port';
import { headers, watermarkType } from './headers';
import type { PublishedEvent, Watermark } from './writing';

/** What a record of a ledger's topic says. */
export type LedgerRecord =
  | { readonly event: PublishedEvent; readonly watermark?: undefined }
  | { readonly watermark: Watermark; readonly event?: undefined };

const decoder = new TextDecoder();

function header(record: TopicRecord, name: string): string {
  const found = record.headers[name];
  if (found === undefined) throw foreignRecord(record, `it has no header ${name}`);
  return found;
}

function digits(record: TopicRecord, what: string, text: string): bigint {
  if (!/^\d{1,18}$/.test(text))
    throw foreignRecord(record, `its ${what} is “${text.slice(0, 40)}”, no number`);
  return BigInt(text);
}

function readWatermark(record: TopicRecord): Watermark {
  let said: unknown;
  try {
    said = JSON.parse(decoder.decode(record.value));
  } catch {
    throw foreignRecord(record, 'it is called a watermark and holds no JSON');
  }
  if (typeof said !== 'object' || said === null) throw foreignRecord(record, 'its watermark is no object');
  const part = (name: string): string => {
    const found: unknown = Object.entries(said).find(([key]) => key === name)?.[1];
    if (typeof found !== 'string') throw foreignRecord(record, `its watermark has no ${name}`);
    return found;
  };
  return {
    position: digits(record, 'position', part('position')),
    cursor: part('cursor'),
    event: part('event'),
  };
}

/**
 * Reads a record of a ledger's topic. The body of an event is not looked into.
 * @throws BrokerError FOREIGN_RECORD
 */
export function readLedgerRecord(record: TopicRecord): LedgerRecord {
  if (header(record, headers.type) === watermarkType) return { watermark: readWatermark(record) };
  if (record.key === null) throw foreignRecord(record, 'it has no key');
  return {
    event: {
      position: digits(record, headers.position, header(record, headers.position)),
      revision: digits(record, headers.revision, header(record, headers.revision)),
      stream: record.key,
      cursor: header(record, headers.cursor),
      bytes: record.value,
    },
  };
}
