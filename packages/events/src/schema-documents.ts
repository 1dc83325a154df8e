import { eventDefinitions, eventTypes } from './catalogue';
import { jsonSchemaOf } from './json-schema';

/** The JSON Schema documents of every version of every event, by file name. */
export function schemaDocuments(): ReadonlyMap<string, string> {
  const documents = new Map<string, string>();
  for (const type of eventTypes)
    for (let version = 1; version <= eventDefinitions[type].version; version++)
      documents.set(`${type}.v${version}.json`, `${JSON.stringify(jsonSchemaOf(type, version), null, 2)}\n`);
  return documents;
}
