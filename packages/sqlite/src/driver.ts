/*
 * The part of SQLite's interface that this product uses, in its own words: `node:sqlite` on Node 22.13 and newer,
 * `@photostructure/sqlite` (the same interface, prebuilt inside its package) on Node 20.
 */

export type SqlValue = null | number | bigint | string | Uint8Array;

/** A prepared statement. Prepare once, run often: preparing costs more than a read. */
export interface Statement {
  run(...parameters: readonly SqlValue[]): {
    readonly changes: number | bigint;
    readonly lastInsertRowid: number | bigint;
  };
  get(...parameters: readonly SqlValue[]): unknown;
  all(...parameters: readonly SqlValue[]): unknown[];
  iterate(...parameters: readonly SqlValue[]): IterableIterator<unknown>;
  setReturnArrays(enabled: boolean): void;
}

/** The driver's own handle. */
export interface DriverDatabase {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

interface Driver {
  readonly DatabaseSync: new (
    file: string,
    options: { readonly readOnly: boolean; readonly timeout: number },
  ) => DriverDatabase;
}

function hasBuiltIn(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 13);
}

/** Keeps Node's notice that its SQLite is experimental off the user's console; every other warning passes. */
function withoutExperimentalNotice<T>(load: () => T): T {
  const emit = process.emitWarning.bind(process);
  process.emitWarning = (warning: string | Error, ...rest: never[]) => {
    if (!String(warning).includes('SQLite is an experimental feature')) emit(warning, ...rest);
  };
  try {
    return load();
  } finally {
    process.emitWarning = emit;
  }
}

let loaded: Driver | undefined;

/** The driver for this Node, loaded when first needed. */
export function driver(): Driver {
  // Both packages declare the interface above among more; which of them is there is known only at run time.
  loaded ??= hasBuiltIn()
    ? withoutExperimentalNotice(() => require('node:sqlite') as Driver)
    : (require('@photostructure/sqlite') as Driver);
  return loaded;
}
