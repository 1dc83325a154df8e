import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readPage } from './earlier-page';
import { pageOf } from './page';
import { readParts, readReport } from './report';

/* Writes the page of the long runs: FOLDER of what was handed over, FILE of the page, which keeps what it says of other parts. */

const [folder = '', file = ''] = process.argv.slice(2);
const before = existsSync(file) ? readPage(readFileSync(file, 'utf8')) : undefined;
writeFileSync(file, pageOf(readReport(folder), readParts(folder), before));
