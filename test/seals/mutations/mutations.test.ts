import { nodeCrypto, verifyBundle, type Verdict } from '@ledger/seal';
import { fileOf, linesOf, ownKey } from './made-bundle';
import { heldNote, mutations, originalOf } from './mutations';
import { report, type ReportRow } from '../../endurance/report';
import { Random } from '../../histories/random';

/* Whatever is done to what a checkpoint that was kept covers is found and named (C5). A seed that failed fails again. */

const rounds = Number(process.env['LEDGER_MUTATIONS'] ?? 500);
const firstSeed = Number(process.env['LEDGER_SEED'] ?? 1);
const kinds = Object.keys(mutations);
const rows: ReportRow[] = [];
afterAll(() => report('mutations', rows));

async function verified(file: Uint8Array, held: readonly string[]): Promise<Verdict> {
  const { verdict } = await verifyBundle([file], {
    crypto: nodeCrypto,
    keys: [ownKey.key],
    held: held.map((note, at) => ({ called: `kept ${at + 1}`, note })),
  });
  return verdict;
}

/** What went wrong with a seed, or undefined. */
async function missedBy(kind: string, seed: number): Promise<string | undefined> {
  const draws = new Random(seed);
  const original = originalOf(draws);
  const honest = await verified(fileOf(linesOf(original.log)), [heldNote(original)]);
  if (honest.outcome !== 'verified') return `seed ${seed}: false alarm, ${JSON.stringify(honest.findings)}`;
  const mutation = mutations[kind]?.(original, draws);
  if (mutation === undefined) throw new RangeError(`There is no ${kind}`);
  const { outcome, findings, firstBadIndex: first } = await verified(mutation.file, [heldNote(original)]);
  const named = findings.some(({ code }) => mutation.codes.includes(code));
  const placed =
    (mutation.index === undefined || first === mutation.index) &&
    (mutation.atMost === undefined || (first !== null && first <= mutation.atMost));
  if (outcome === 'failed' && named && placed) return undefined;
  return `seed ${seed}: ${outcome} at ${first}, expected ${mutation.codes.join(' or ')} at ${mutation.index ?? mutation.atMost}: ${JSON.stringify(findings)}`;
}

test.each(kinds.map((kind, at) => [kind, at] as const))(
  '%s is found, named and placed, and never where nothing was done',
  async (kind, at) => {
    const missed: string[] = [];
    let tried = 0;
    for (let seed = firstSeed + at; seed < firstSeed + rounds; seed += kinds.length) {
      tried += 1;
      const found = await missedBy(kind, seed);
      if (found !== undefined) missed.push(found);
    }
    rows.push({ altered: kind, 'first seed': firstSeed + at, tried, found: tried - missed.length });
    expect(missed).toEqual([]);
  },
  600_000,
);
