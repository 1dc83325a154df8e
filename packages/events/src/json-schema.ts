import { z } from 'zod';
import { eventDefinitions, type EventType } from './catalogue';

/** A JSON Schema (2020-12) document. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema of an event's data in one version.
 * @throws RangeError for a version that never was.
 */
export function jsonSchemaOf(type: EventType, version: number = eventDefinitions[type].version): JsonSchema {
  const definition = eventDefinitions[type];
  const schema: z.ZodType | undefined =
    version === definition.version ? definition.data : definition.formerly[version];
  if (schema === undefined) throw new RangeError(`${type} has no version ${version}`);
  return {
    ...z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' }),
    title: `${type}, version ${version}`,
    description: definition.meaning,
  };
}
