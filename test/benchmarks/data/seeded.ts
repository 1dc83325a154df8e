import { Random } from '../../histories/random';

/** Multipliers of four independent mixings, whose outputs together are one id of 128 bits. */
const lanes = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f] as const;

/** Mixes a number into a hash (the steps of MurmurHash3); good enough to invent data with, and for nothing else. */
function mixed(hash: number, value: number, lane: number): number {
  let block = Math.imul(value, lane);
  block = Math.imul((block << 15) | (block >>> 17), 0x1b873593);
  const next = hash ^ block;
  return (Math.imul((next << 13) | (next >>> 19), 5) + 0xe6546b64) | 0;
}

function finished(hash: number): number {
  let value = hash ^ (hash >>> 16);
  value = Math.imul(value, 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** One lane of the hash of a thing's step. */
function hashOf(lane: number, seed: number, purpose: number, index: number, step: number): number {
  const start = mixed(mixed(lane | 0, seed, lane), purpose, lane);
  return finished(mixed(mixed(start, index, lane), step, lane));
}

const hexadecimal = (hash: number): string => hash.toString(16).padStart(8, '0');

/** What ids and draws are for, so that no two uses meet. */
const purposes = {
  attendance: 1,
  support: 2,
  challenge: 3,
  claim: 4,
  observation: 5,
  reference: 6,
  person: 7,
  course: 8,
  event: 9,
  note: 10,
  command: 11,
  home: 12,
  actor: 13,
} as const;
export type Purpose = keyof typeof purposes;

/**
 * Chance and ids that can be asked for in any order: what belongs to thing 41 follows from the seed and from 41, so
 * nothing of it needs to be kept until its next event is due.
 */
export class Seeded {
  constructor(readonly seed: number) {}

  /** A source of chance for one thing. */
  random(purpose: Purpose, index: number): Random {
    return new Random(hashOf(lanes[0], this.seed, purposes[purpose], index, 0));
  }

  /** 32 hexadecimal digits. */
  #digits(purpose: Purpose, index: number, step: number): string {
    const number = purposes[purpose];
    let text = '';
    for (const lane of lanes) text += hexadecimal(hashOf(lane, this.seed, number, index, step));
    return text;
  }

  /** An id in the form of a derived one (UUIDv5). */
  id(purpose: Purpose, index: number, step = 0): string {
    const digits = this.#digits(purpose, index, step);
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-5${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
  }

  /** 64 hexadecimal digits, in the form of a keyed hash. */
  hash(purpose: Purpose, index: number, step = 0): string {
    return this.#digits(purpose, index, 2 * step + 1000) + this.#digits(purpose, index, 2 * step + 1001);
  }
}
