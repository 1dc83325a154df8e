import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaDocuments } from './schema-documents';

const folder = join(__dirname, '..', 'schemas');

test('the JSON Schema documents are current; if not: npm run build && node packages/events/dist/write-schemas.js', () => {
  const written = new Map(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(schemaDocuments()));
});
