import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type Database } from '@ledger/sqlite';
import { SqliteVault, type EvidenceState, type KeptEvidence } from '@ledger/vault';
import { Random } from '../../histories/random';

/*
 * Evidence lies in the vault, and the log holds the hash of each file as it lies there: whatever is done to the files is
 * found on every claim that rests on one of them, and on no other (C5). A seed that failed fails again.
 */

const rounds = Math.ceil(Number(process.env['LEDGER_MUTATIONS'] ?? 500) / 20);
const firstSeed = Number(process.env['LEDGER_SEED'] ?? 1);

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'swapped-evidence-'))));
afterAll(() => rmSync(folder, { recursive: true }));

interface Done {
  /** Of the first and of the second file. */
  readonly found: readonly [EvidenceState, EvidenceState];
  readonly to: (database: Database, one: string, other: string) => void;
}

/** Gives files what others had: all is read before anything is written. */
function exchange(
  database: Database,
  columns: string,
  ...pairs: readonly (readonly [string, string])[]
): void {
  database.exec(`CREATE TEMP TABLE before AS SELECT id, ${columns} FROM evidence`);
  for (const [of, to] of pairs)
    database
      .prepare(`UPDATE evidence SET (${columns}) = (SELECT ${columns} FROM before WHERE id = ?) WHERE id = ?`)
      .run(of, to);
}

/** What somebody does who reaches the file of the vault. */
const done: Readonly<Record<string, Done>> = {
  'two files in each other’s place': {
    found: ['altered', 'altered'],
    to: (database, one, other) => exchange(database, 'sealed, bytes', [one, other], [other, one]),
  },
  'two files in each other’s place, with all that the vault says of them': {
    found: ['altered', 'altered'],
    to: (database, one, other) =>
      exchange(database, 'sealed, sha256, subject_key, bytes', [one, other], [other, one]),
  },
  'one file in the place of another': {
    found: ['kept', 'altered'],
    to: (database, one, other) => exchange(database, 'sealed, sha256', [one, other]),
  },
  'one byte more of a file': {
    found: ['altered', 'kept'],
    to: (database, one) => {
      database.prepare("UPDATE evidence SET sealed = CAST(sealed || x'00' AS BLOB) WHERE id = ?").run(one);
    },
  },
  'a file taken away': {
    found: ['missing', 'kept'],
    to: (database, one) => {
      database.prepare('DELETE FROM evidence WHERE id = ?').run(one);
    },
  },
};

async function attached(vault: SqliteVault, draws: Random): Promise<readonly KeptEvidence[]> {
  const kept: KeptEvidence[] = [];
  for (let number = draws.between(2, 6); number > 0; number--) {
    const bytes = Buffer.from(`${number} ${draws.hex(draws.between(1, 200))}`);
    kept.push(await vault.evidence.put({ name: `file-${number}.txt`, bytes }));
  }
  return kept;
}

test.each(Object.entries(done))(
  '%s: found on the claims that rest on it, and on no other',
  async (what, { to, found }) => {
    for (let seed = firstSeed; seed < firstSeed + rounds; seed++) {
      const draws = new Random(seed);
      const file = join(folder, `${Object.keys(done).indexOf(what)}-${seed}.db`);
      const vault = SqliteVault.open(file);
      const kept = await attached(vault, draws);
      const place = draws.below(kept.length - 1);
      const [one, other] = [kept[place], kept[draws.between(place + 1, kept.length - 1)]];
      const database = openDatabase(file, { synchronous: 'NORMAL' });
      to(database, one?.id ?? '', other?.id ?? '');
      database.close();
      const states = await Promise.all(kept.map(async (reference) => vault.evidence.check(reference)));
      const expected = kept.map((reference) =>
        reference === one ? found[0] : reference === other ? found[1] : 'kept',
      );
      expect([seed, states]).toEqual([seed, expected]);
      await vault.close();
    }
  },
);
