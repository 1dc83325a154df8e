const seed = 0x9747b28c;
const mixing = 0x5bd1e995;

/** MurmurHash2 of 32 bits, as Kafka's own clients reckon it. */
function murmur2(bytes: Buffer): number {
  const whole = bytes.length - (bytes.length % 4);
  let hash = seed ^ bytes.length;
  for (let at = 0; at < whole; at += 4) {
    let part = Math.imul(bytes.readInt32LE(at), mixing);
    part = Math.imul(part ^ (part >>> 24), mixing);
    hash = Math.imul(hash, mixing) ^ part;
  }
  if (bytes.length > whole) hash = Math.imul(hash ^ bytes.readUIntLE(whole, bytes.length - whole), mixing);
  hash = Math.imul(hash ^ (hash >>> 13), mixing);
  return hash ^ (hash >>> 15);
}

/**
 * The partition of a key: the one in which every client of Kafka that keeps to the usual rule puts it. It is reckoned here
 * and not left to a client, so that a stream stays where it is whatever client is used.
 */
export function partitionOf(key: string, partitions: number): number {
  return (murmur2(Buffer.from(key, 'utf8')) & 0x7fffffff) % partitions;
}
