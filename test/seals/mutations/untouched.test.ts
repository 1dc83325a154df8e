import {
  checkpointText,
  formatKey,
  Frontier,
  hashesInLine,
  logFormat,
  nodeCrypto,
  signNote,
  toBase64,
  TreeHashing,
  verifyBundle,
} from '@ledger/seal';
import { report } from '../../endurance/report';
import { bodyOf, momentAt, origin, ownKey } from './made-bundle';

/* A log that nobody touched raises no alarm, however long it is and wherever it was sealed. */

const events = Number(process.env['LEDGER_UNTOUCHED'] ?? 20_000);
/** A number of events between two seals that falls nowhere near the lines of hashes. */
const betweenSeals = 997;
const hashing = new TreeHashing(nodeCrypto);

function timeOf(number: number): string {
  // Several events share a moment, as those of one append do.
  return momentAt(Math.floor(number / 7) * 20);
}

/** The checkpoints of the log, the last over all of it. */
function notes(): string[] {
  const frontier = new Frontier(hashing);
  const made: string[] = [];
  for (let number = 1; number <= events; number++) {
    frontier.add(hashing.leaf(Buffer.from(bodyOf(number, timeOf(number)))));
    if (number % betweenSeals !== 0 && number !== events) continue;
    const checkpoint = { origin, size: number, root: frontier.root(), time: timeOf(number) };
    made.push(signNote(checkpointText(checkpoint), [ownKey]));
  }
  return made;
}

/** The file of the bundle, in parts that are cut wherever they fall. */
function* fileOf(checkpoints: readonly string[]): Generator<Uint8Array> {
  const header = {
    bundle: logFormat,
    origin,
    keys: [formatKey(ownKey.key)],
    toleranceMs: 0,
    checkpoints: checkpoints.length,
    figures: 0,
    hashes: events,
    events,
  };
  yield Buffer.from([header, ...checkpoints].map((line) => `${JSON.stringify(line)}\n`).join(''));
  let rest = Buffer.alloc(0);
  for (let from = 0; from < events; from += hashesInLine) {
    const bodies = Array.from({ length: Math.min(hashesInLine, events - from) }, (_, at) =>
      Buffer.from(bodyOf(from + at + 1, timeOf(from + at + 1))),
    );
    const hashes = Buffer.concat(bodies.map((body) => hashing.leaf(body)));
    const text = [JSON.stringify(toBase64(hashes)), ...bodies.map(String)]
      .map((line) => `${line}\n`)
      .join('');
    const whole = Buffer.concat([rest, Buffer.from(text)]);
    const cut = whole.length - 100;
    yield whole.subarray(0, cut);
    rest = whole.subarray(cut);
  }
  yield rest;
}

test('no false alarm is raised on a long log that nobody touched', async () => {
  const checkpoints = notes();
  const held = checkpoints.slice(0, 3).map((note, at) => ({ called: `kept ${at}`, note }));
  const { verdict } = await verifyBundle(fileOf(checkpoints), {
    crypto: nodeCrypto,
    keys: [ownKey.key],
    held,
  });
  report('untouched', [{ events, checkpoints: checkpoints.length, alarms: verdict.findings.length }]);
  expect(verdict).toMatchObject({ outcome: 'verified', findings: [], events, sealed: events, notSealed: 0 });
}, 600_000);
