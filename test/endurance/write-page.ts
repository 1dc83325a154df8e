import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { arch, cpus, release, totalmem, type } from 'node:os';
import { pageOf } from './page';
import { readReport } from './report';

/* Writes the page of a long run: FOLDER of what was handed over, FILE of the page, how many tests PASSED and FAILED. */

function machine(): string {
  const [processor] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `Node ${process.versions.node} on ${type()} ${release()} (${arch()}), ${cpus().length} × ${processor?.model.trim() ?? 'processor'}, ${gigabytes} GB.`;
}

/** The commit that was run, in few digits; outside a clone nothing is known of it. */
function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: __dirname, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

const [folder = '', file = '', passed = '', failed = ''] = process.argv.slice(2);
const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(new Date());
const about = { date, machine: machine(), commit: commit(), passed: Number(passed), failed: Number(failed) };
writeFileSync(file, pageOf(readReport(folder), about));
