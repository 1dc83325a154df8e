import { v5, v7 } from 'uuid';

/** The name space of everything this ledger derives; never changes, or repeats would stop being harmless. */
const namespace = '6f0a3f0e-6f1c-5f7e-9a53-0d2c1c9b8a44';

/** A UUIDv5 from the parts of a natural key: the same parts give the same id on any engine, for ever. */
export function derivedId(kind: string, ...parts: readonly string[]): string {
  return v5(JSON.stringify([kind, ...parts]), namespace);
}

/** A new time-ordered id (UUIDv7): random ids in an index halve the speed of inserts. Not for domain code. */
export function newId(): string {
  return v7();
}
