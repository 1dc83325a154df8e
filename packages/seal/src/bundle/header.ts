import { textOf } from '../bytes';

/*
 * A bundle is a text of lines. The first is a JSON object that says what follows. Of a whole log:
 *
 *   {"bundle":"ledger-bundle/1","checkpoints":1,"events":300,"figures":1,"hashes":300,"keys":["…"],"origin":"…","toleranceMs":0}
 *   "a signed checkpoint, as a JSON string"                       one line for each
 *   {"ask":"…","parameters":{…},"position":"…","rule":"…","value":"…",…}   one for each figure
 *   "the hashes of the next 256 leaves, in base 64"               before every 256 events, as far as the log is sealed
 *   {the stored body of an event, as it was recorded}             one line for each
 *
 * and of one record, which reveals nothing about any other:
 *
 *   {"bundle":"ledger-record/1","events":2,"keys":["…"],"origin":"…","stream":"…"}
 *   {"body":"the stored body of an event","proof":"its C2SP tlog-proof"}   one line for each
 *
 * Stored bodies are canonical JSON, so none holds a newline. The hashes are those that were signed for: with them the first
 * event that was touched is named, and not only the checkpoint that does not fit.
 */
export const logFormat = 'ledger-bundle/1';
export const recordFormat = 'ledger-record/1';

/** Leaves whose hashes stand in one line. */
export const hashesInLine = 256;

export interface LogHeader {
  readonly bundle: typeof logFormat;
  readonly origin: string;
  /** Public keys of the ledger, as it names them itself. */
  readonly keys: readonly string[];
  readonly toleranceMs: number;
  readonly checkpoints: number;
  readonly figures: number;
  readonly hashes: number;
  readonly events: number;
}

export interface RecordHeader {
  readonly bundle: typeof recordFormat;
  readonly origin: string;
  readonly keys: readonly string[];
  readonly stream: string;
  readonly events: number;
}

/** A figure, with what it takes to come to it again. A published one names its publication as well. */
export interface BundleFigure {
  /** The question: `annual-total`, `take-up`, `savings` or `savings-table`. */
  readonly ask: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The id of the rule by which it was counted. */
  readonly rule: string;
  /** As recorded by this position. */
  readonly position: string;
  /** Digits; money in pence. */
  readonly value: string;
  readonly unit: string;
  readonly label: string;
  /** Of a share, ratio or mean. */
  readonly numerator?: number;
  readonly base?: number;
  /** Of gains: the part of the value that is put down to the programme. */
  readonly attributed?: string;
  /** The publication that it was published in. */
  readonly publication?: string;
}

/** A file that is no bundle, or that is of a newer release. */
export class NotABundleError extends Error {
  readonly code = 'NOT_A_BUNDLE';
  constructor(problem: string) {
    super(`This is no bundle that can be verified: ${problem}. Export one with ledger export --bundle FILE.`);
    this.name = 'NotABundleError';
  }
}

/** What stands in a line as JSON, or undefined. */
export function jsonOfLine(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(bytes) ?? '');
  } catch {
    return undefined;
  }
}

/** Clocks of writers differ by a minute at most; a bundle that says more would let anything be back-dated. */
const mostToleranceMs = 60_000;

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Reads the first line. @throws NotABundleError */
export function parseHeader(bytes: Uint8Array): LogHeader | RecordHeader {
  const read = jsonOfLine(bytes);
  if (typeof read !== 'object' || read === null || !('bundle' in read))
    throw new NotABundleError('its first line says nothing of one');
  // Every member is looked at before it is believed.
  const header = read as Readonly<Record<keyof LogHeader | keyof RecordHeader, unknown>>;
  const { bundle, origin, keys, events } = header;
  if (bundle !== logFormat && bundle !== recordFormat)
    throw new NotABundleError(
      `it is of the form ${JSON.stringify(bundle)?.slice(0, 40)}, which this release does not know`,
    );
  if (typeof origin !== 'string' || origin === '') throw new NotABundleError('it names no ledger');
  if (!Array.isArray(keys) || !keys.every((key: unknown) => typeof key === 'string') || !isCount(events))
    throw new NotABundleError('its first line lacks keys, or how many events follow');
  if (bundle === recordFormat) {
    if (typeof header.stream !== 'string') throw new NotABundleError('it names no record');
    return { bundle, origin, keys, events, stream: header.stream };
  }
  const { toleranceMs, checkpoints, figures, hashes } = header;
  if (!isCount(toleranceMs) || !isCount(checkpoints) || !isCount(figures) || !isCount(hashes))
    throw new NotABundleError('its first line lacks how many checkpoints, figures and hashes follow');
  if (toleranceMs > mostToleranceMs)
    throw new NotABundleError(`it allows clocks to differ by more than ${mostToleranceMs / 1000} seconds`);
  return { bundle, origin, keys, events, toleranceMs, checkpoints, figures, hashes };
}

/** Reads a figure, or undefined where a line is none. */
export function figureOf(bytes: Uint8Array): BundleFigure | undefined {
  const read = jsonOfLine(bytes);
  if (typeof read !== 'object' || read === null) return undefined;
  // Every member is looked at before it is believed.
  const figure = read as Partial<BundleFigure>;
  const texts = [figure.ask, figure.rule, figure.position, figure.value, figure.unit, figure.label];
  if (texts.some((text) => typeof text !== 'string')) return undefined;
  if (!/^\d{1,15}$/.test(figure.position ?? '') || typeof figure.parameters !== 'object') return undefined;
  if (!Object.values(figure.parameters ?? {}).every((value) => typeof value === 'string')) return undefined;
  const { numerator, base, attributed, publication } = figure;
  if ([numerator, base].some((count) => count !== undefined && !isCount(count))) return undefined;
  if ([attributed, publication].some((text) => text !== undefined && typeof text !== 'string'))
    return undefined;
  return figure as BundleFigure;
}
