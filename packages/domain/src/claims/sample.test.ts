import fc from 'fast-check';
import { drawSample, projectedMisstatement, type Sampled } from './sample';

const population = fc
  .array(fc.nat({ max: 1_000_000_000 }), { minLength: 1, maxLength: 200 })
  .map((amounts) => amounts.map((pence, at): Sampled => ({ id: String(at).padStart(4, '0'), pence })));
const design = fc.record({ top: fc.nat({ max: 10 }), units: fc.nat({ max: 30 }), seed: fc.nat() });

describe('a sample of claims (B11)', () => {
  it('is the same for the same seed, in whatever order the claims come', () => {
    fc.assert(
      fc.property(population, design, (claims, how) => {
        expect(drawSample([...claims].reverse(), how)).toEqual(drawSample(claims, how));
      }),
    );
  });

  it('holds the largest, each claim once, and as many units as were asked for, one more or less', () => {
    fc.assert(
      fc.property(population, design, (claims, how) => {
        const { largest, byUnit, populationPence, sampledPence } = drawSample(claims, how);
        const ids = [...largest, ...byUnit].map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const smallest = Math.min(...largest.map(({ pence }) => pence));
        expect(byUnit.every(({ pence }) => pence <= smallest)).toBe(true);
        expect(sampledPence).toBeLessThanOrEqual(populationPence);
        const units = byUnit.reduce((sum, { units: of }) => sum + of, 0);
        expect(units).toBeLessThanOrEqual(how.units + 1);
      }),
    );
  });

  it('always draws a claim that is as large as the interval', () => {
    fc.assert(
      fc.property(population, design, (claims, how) => {
        fc.pre(how.units > 0);
        const drawn = drawSample(claims, how);
        const ids = new Set([...drawn.largest, ...drawn.byUnit].map(({ id }) => id));
        for (const { id, pence } of claims)
          expect(pence >= drawn.intervalPence && pence > 0 ? ids.has(id) : true).toBe(true);
      }),
    );
  });

  it('draws another start for another seed', () => {
    const claims = Array.from({ length: 100 }, (_, at): Sampled => ({
      id: String(at).padStart(3, '0'),
      pence: 100,
    }));
    const ids = (seed: number): string =>
      drawSample(claims, { top: 0, units: 5, seed })
        .byUnit.map(({ id }) => id)
        .join();
    expect(new Set(Array.from({ length: 20 }, (_, seed) => ids(seed))).size).toBeGreaterThan(5);
  });
});

describe('the misstatement that a sample projects', () => {
  const claims: Sampled[] = [
    { id: 'a', pence: 1000 },
    { id: 'b', pence: 100 },
    { id: 'c', pence: 100 },
  ];
  const drawn = drawSample(claims, { top: 1, units: 1, seed: 1 });

  it('is nothing where all of it is verified, and all of it where nothing is', () => {
    const all = new Map(claims.map(({ id, pence }) => [id, pence]));
    expect(projectedMisstatement(drawn, all)).toBe(0);
    expect(projectedMisstatement(drawn, new Map())).toBe(1200);
  });

  it('is what the largest lacks, and for each unit its share of the interval', () => {
    const [unit] = drawn.byUnit;
    const verified = new Map([
      ['a', 900],
      [unit?.id ?? '', 75],
    ]);
    // A quarter of the claim is wrong, so a quarter of the interval of 200.
    expect(projectedMisstatement(drawn, verified)).toBe(100 + 50);
  });
});
