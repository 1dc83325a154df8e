import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsPage } from './settings-page';

writeFileSync(join(__dirname, '..', '..', '..', '..', 'docs', 'configuration.md'), settingsPage());
