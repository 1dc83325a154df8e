import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaDocuments } from './schema-documents';

/* Writes the JSON Schema documents anew: `npm run build && node packages/events/dist/write-schemas.js`. */

const folder = join(__dirname, '..', 'schemas');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const [name, text] of schemaDocuments()) writeFileSync(join(folder, name), text);
