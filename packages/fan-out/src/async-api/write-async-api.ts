import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncApiDocument } from './document';

/* Writes the AsyncAPI document anew: `npm run async-api`. */

writeFileSync(
  join(__dirname, '..', '..', 'asyncapi.json'),
  `${JSON.stringify(asyncApiDocument(), null, 2)}\n`,
);
