import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import { eventDefinitions, eventTypes, isEventType, type EventType, type LedgerEvent } from './catalogue';
import { jsonSchemaOf } from './json-schema';
import type { StoredBody } from './stored-body/stored-body';

/** Why an event cannot be read. `position` is null for an event that is not recorded yet. */
export type UnreadableReason = 'unknown-type' | 'newer-version' | 'older-version' | 'invalid';

/** An event that this release cannot read: it names type, version and position, and is never skipped silently. */
export class UnreadableEventError extends Error {
  readonly code = 'UNREADABLE_EVENT';
  constructor(
    readonly reason: UnreadableReason,
    readonly type: string,
    readonly schemaVersion: number,
    readonly position: bigint | null,
    detail: string,
  ) {
    super(
      `Event ${type} version ${schemaVersion}${position === null ? '' : ` at position ${position}`} cannot be read: ${detail}`,
    );
    this.name = 'UnreadableEventError';
  }
}

/**
 * Every process compiles the readers of the types that it meets. The schemas are derived, and tested: they are not validated
 * first; and code that is not made smaller is compiled in less than half the time, and validates as fast.
 */
const ajv = new Ajv2020({
  strict: false,
  allErrors: false,
  validateFormats: false,
  validateSchema: false,
  meta: false,
  code: { optimize: false },
});

/** What is needed to read an event of one type. */
interface Reading {
  /** The one text of the type that is in the code: looked up faster than an equal one of an event. */
  readonly type: EventType;
  readonly definition: (typeof eventDefinitions)[EventType];
  /** Compiled from the derived JSON Schema: a quarter of what zod costs, and tested equal to it. */
  readonly validate: ValidateFunction;
}

const readings = new Map<string, Reading>();

/** How events of a type are read, found out once; undefined for a type that there is not. */
function readingOf(type: string): Reading | undefined {
  let reading = readings.get(type);
  if (reading === undefined && isEventType(type)) {
    reading = { type, definition: eventDefinitions[type], validate: ajv.compile(jsonSchemaOf(type)) };
    readings.set(type, reading);
  }
  return reading;
}

/**
 * Finds out how events of all types are read, which the first event of each type waits for otherwise: some hundred
 * milliseconds altogether. For who has nothing else to do before the first one comes.
 */
export function prepareReading(): void {
  for (const type of eventTypes) readingOf(type);
}

/**
 * Turns stored content (of an event, or inside a correction) into the present version of its type.
 * @throws UnreadableEventError for an unknown type, a version newer than this release, a version without an
 *   upcaster, or data that does not fit.
 */
export function readContent(
  type: string,
  schemaVersion: number,
  data: unknown,
  position: bigint | null,
): LedgerEvent {
  const reading = readingOf(type);
  if (reading === undefined)
    throw new UnreadableEventError(
      'unknown-type',
      type,
      schemaVersion,
      position,
      'this release does not know the type',
    );
  const { definition, validate } = reading;
  if (schemaVersion > definition.version)
    throw new UnreadableEventError(
      'newer-version',
      type,
      schemaVersion,
      position,
      `this release knows versions up to ${definition.version}; use a newer release`,
    );
  let present = data;
  for (let version = schemaVersion; version < definition.version; version++) {
    const upcast = definition.upcasts[version];
    if (upcast === undefined)
      throw new UnreadableEventError(
        'older-version',
        type,
        schemaVersion,
        position,
        `no upcaster from version ${version}`,
      );
    try {
      present = upcast(present);
    } catch {
      throw new UnreadableEventError(
        'invalid',
        type,
        schemaVersion,
        position,
        `its data does not fit version ${version}`,
      );
    }
  }
  if (!validate(present)) {
    const fault = validate.errors?.[0];
    const where = fault?.instancePath.replaceAll('/', '.').slice(1) ?? '';
    throw new UnreadableEventError(
      'invalid',
      type,
      schemaVersion,
      position,
      `data${where && '.' + where} ${fault?.message ?? 'does not fit'}`,
    );
  }
  // The validator has just established that the data is of the type's schema.
  return { type: reading.type, data: present } as LedgerEvent;
}

/** Reads a recorded event in the present version of its type. @throws UnreadableEventError */
export function readEvent(body: StoredBody, position: bigint | null): LedgerEvent {
  return readContent(body.type, body.schemaVersion, body.data, position);
}
