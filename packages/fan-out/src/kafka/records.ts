import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import type { NewRecord, TopicRecord } from '../port';

const nothing = Buffer.alloc(0);

/** A record as the client writes it. The partition is given, so the client reckons none. */
export function toMessage({ partition, key, headers, value }: NewRecord): Message {
  const { buffer, byteOffset, byteLength } = value;
  return { partition, key, headers: { ...headers }, value: Buffer.from(buffer, byteOffset, byteLength) };
}

function toHeaders(headers: IHeaders = {}): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    // Of a header that is there several times the last counts.
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) found[name] = last.toString();
  }
  return found;
}

export function toRecord(partition: number, { key, headers, value, offset }: KafkaMessage): TopicRecord {
  return {
    partition,
    key: key === null ? null : key.toString(),
    headers: toHeaders(headers),
    value: value ?? nothing,
    offset: BigInt(offset),
  };
}
