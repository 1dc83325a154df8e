import { writeFileSync } from 'node:fs';
import { pageOf } from './page';
import { readParts, readReport } from './report';

/* Writes the page of the long runs: FOLDER of what was handed over, FILE of the page. */

const [folder = '', file = ''] = process.argv.slice(2);
writeFileSync(file, pageOf(readReport(folder), readParts(folder)));
