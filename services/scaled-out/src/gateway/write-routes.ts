import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { routesFile } from './routes-file';

writeFileSync(join(__dirname, '..', '..', '..', '..', 'infra', 'gateway', 'routes.conf'), routesFile());
