import fc from 'fast-check';
import { derivedId } from '@ledger/events';
import { linesOf } from '../lines/lines';
import { evolveThing, newThing } from '../things/fold';
import type { Thing } from '../things/thing';
import { assuranceOf, claimOf } from './claim';
import { ClaimInTest, refusals, verifier, wholeContent, type Content } from './claims.testing';
import { decideOverlap, decidePlacing, type ClaimPairDecision, type OverlapDecision } from './decide-overlap';
import type { ClaimCommand } from './decide-claim';
import { isBlocking, overlapReasons, type ComparedClaim } from './overlaps';

const body = derivedId('test-body', 'one');
const bodies: Content['bodies'] = [{ body, role: 'recipient' }];

/** A claim of one amount, as it is compared with others. */
function compared(
  name: string,
  change: Partial<Content> = {},
  programme: string | null = 'p',
): ComparedClaim {
  const content = { ...wholeContent, bodies, service: 'Plans', ...change };
  const { thing } = new ClaimInTest(content);
  const claim = claimOf(thing);
  if (claim === undefined) throw new RangeError('This is a claim');
  return { ...claim, id: derivedId('claim', name), programme };
}

function of(year: number, grossPence = 1, toYear = year): Content['amounts'] {
  return [{ fromYear: year, toYear, basis: 'forecast', grossPence, qualifier: 'exact' }];
}

describe('claims that may count the same gain', () => {
  const first = compared('first', { amounts: of(201819, 5) });

  it.each([
    ['the same year', of(201819, 7), true],
    ['the year after', of(201920, 7), true],
    ['the year before', of(201718, 7), true],
    ['years that reach up to it', of(201516, 7, 201718), true],
    ['two years later', of(202021, 7), false],
  ])('are those of one body and service in %s, whatever the amounts', (_when, amounts, found) => {
    expect(overlapReasons(first, compared('second', { amounts })).length > 0).toBe(found);
  });

  it('are told by service or project whatever the case and spaces, and not without either', () => {
    const second = (change: Partial<Content>): ComparedClaim =>
      compared('second', { amounts: of(201819, 7), ...change });
    expect(overlapReasons(first, second({ service: ' PLANS ' }))).toEqual(['same body and service']);
    expect(overlapReasons(first, second({ service: 'Other' }))).toEqual([]);
    const { service: _, ...without } = first.content;
    expect(overlapReasons({ ...first, content: without }, second({ service: 'Plans' }))).toEqual([]);
  });

  it('are not those of two bodies, nor of two gain types; of a type that is not stated nobody knows', () => {
    const elsewhere: Content['bodies'] = [{ body: derivedId('test-body', 'two'), role: 'recipient' }];
    expect(overlapReasons(first, compared('second', { amounts: of(201819, 7), bodies: elsewhere }))).toEqual(
      [],
    );
    const avoidance = compared('second', { amounts: of(201819, 7), gainType: 'cost avoidance' });
    expect(overlapReasons(first, avoidance)).toEqual([]);
    const unknown = compared('second', { amounts: of(201819, 7), gainType: 'not stated' });
    expect(overlapReasons(first, unknown)).toEqual(['same body and service']);
  });

  it('are those of two programmes that name one project, wherever and whenever', () => {
    const { service: _, ...content } = wholeContent;
    const one = { ...compared('one', { project: 'Panel' }), content: { ...content, project: 'Panel' } };
    const other = { ...one, id: 'another', programme: 'q' };
    expect(overlapReasons(one, other)).toContain('one project, two programmes');
    expect(isBlocking(overlapReasons(one, other))).toBe(true);
  });

  it('with nothing but equal amounts are told, and hold nothing up', () => {
    const elsewhere: Content['bodies'] = [{ body: derivedId('test-body', 'two'), role: 'recipient' }];
    const reasons = overlapReasons(first, compared('second', { amounts: of(201819, 5), bodies: elsewhere }));
    expect([reasons, isBlocking(reasons)]).toEqual([['equal amounts'], false]);
  });

  it('are none where one of them is withdrawn or rejected', () => {
    const rejected = { ...first, id: 'another', life: { ...first.life, phase: 'rejected' as const } };
    expect(overlapReasons(first, rejected)).toEqual([]);
    expect(overlapReasons(first, { ...first, id: 'another', withdrawn: true })).toEqual([]);
  });

  it('hold assuring up until somebody has decided', () => {
    const claim = new ClaimInTest().delivered().underReview().baselineAgreed();
    const openOverlaps = [{ id: 'another', title: 'Another', because: 'same body and service' }];
    const verify: ClaimCommand = {
      step: 'verify',
      data: { years: [{ year: 201920, verifiedPence: 10_000_00 }] },
    };
    expect(refusals(() => claim.decide(verify, verifier, { openOverlaps }))).toEqual(['overlap-resolved']);
  });
});

function recorded(name: string, ...claims: readonly ClaimInTest[]): Thing {
  const [claim = new ClaimInTest()] = claims;
  return { ...claim.thing, id: derivedId('claim', name) };
}

function after(thing: Thing, events: ClaimPairDecision['one']): Thing {
  return events.reduce(
    (folded, event, at) =>
      evolveThing(folded, {
        eventId: derivedId('pair', String(at)),
        position: 1n,
        revision: folded.revision + 1n,
        illustrative: false,
        actor: verifier,
        event,
      }),
    thing,
  );
}

function sumOf(things: readonly Thing[], kind: string): number {
  return things
    .flatMap((thing) => linesOf(thing))
    .reduce((sum, line) => sum + (line.kind === kind ? line.quantity : 0), 0);
}

function decided(decision: OverlapDecision, one = recorded('one'), other = recorded('other')): Thing[] {
  const pair = decideOverlap(one, other, decision);
  return [after(one, pair.one), after(other, pair.other)];
}

describe('deciding on two claims', () => {
  const [one, other] = [derivedId('claim', 'one'), derivedId('claim', 'other')];

  it('that are distinct changes nothing that counts', () => {
    const things = decided({ as: 'distinct' });
    expect([sumOf(things, 'gain'), sumOf(things, 'gain-elsewhere')]).toEqual([44_000_00, 0]);
    expect(things.map(({ claim }) => claim?.overlaps[0]?.as)).toEqual(['distinct', 'distinct']);
  });

  it('that are the same lets one count, and keeps beside it what the other says', () => {
    const things = decided({ as: 'same', counts: one });
    expect(things.map((thing) => [sumOf([thing], 'gain'), sumOf([thing], 'gain-elsewhere')])).toEqual([
      [22_000_00, 0],
      [0, 22_000_00],
    ]);
  });

  it('that share takes the shared pence off the one that does not count them, by year', () => {
    const things = decided({ as: 'shared', elsewhere: [{ claim: other, year: 201920, pence: 4_000_00 }] });
    expect([sumOf(things, 'gain'), sumOf(things, 'gain-elsewhere')]).toEqual([40_000_00, 4_000_00]);
  });

  it('keeps the whole in sight, to the penny, however it is split', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000_00 }), fc.nat({ max: 12_000_00 }), (a, b) => {
        const elsewhere = [
          ...(a > 0 ? [{ claim: one, year: 201920, pence: a }] : []),
          ...(b > 0 ? [{ claim: other, year: 202021, pence: b }] : []),
        ];
        fc.pre(elsewhere.length > 0);
        const things = decided({ as: 'shared', elsewhere });
        expect(sumOf(things, 'gain-elsewhere')).toBe(a + b);
        expect(sumOf(things, 'gain') + sumOf(things, 'gain-elsewhere')).toBe(44_000_00);
      }),
    );
  });

  it.each([
    ['two-claims', { as: 'distinct' }, one],
    ['one-counts', { as: 'same' }, other],
    ['one-counts', { as: 'same', counts: derivedId('claim', 'third') }, other],
    ['one-counts', { as: 'distinct', counts: one }, other],
    ['split-given', { as: 'shared' }, other],
    ['split-given', { as: 'distinct', elsewhere: [{ claim: one, year: 201920, pence: 1 }] }, other],
    ['split-within', { as: 'shared', elsewhere: [{ claim: one, year: 201920, pence: 10_000_01 }] }, other],
  ] as const)('is refused for %s', (code, decision, with_) => {
    const [first, second] = [recorded('one'), { ...recorded('other'), id: with_ }];
    expect(refusals(() => decideOverlap(first, second, decision))).toContain(code);
  });

  it('opens a verified claim again where it changes what counts of it, and only then', () => {
    const verified = recorded('one', new ClaimInTest().delivered().underReview().baselineAgreed().verify());
    const types = (decision: OverlapDecision): string[] =>
      decideOverlap(verified, recorded('other'), decision).one.map(({ type }) => type);
    expect(types({ as: 'distinct' })).toEqual(['OverlapResolved']);
    expect(types({ as: 'same', counts: other })).toEqual(['OverlapResolved', 'ClaimReopened']);
  });

  it('bounds what can be verified by what is left', () => {
    const ready = recorded('one', new ClaimInTest().delivered().underReview().baselineAgreed());
    const elsewhere = [{ claim: one, year: 201920, pence: 1_000_00 }];
    const [thing] = decided({ as: 'shared', elsewhere }, ready);
    const claim = new ClaimInTest();
    claim.thing = thing ?? newThing('claim', one);
    expect(refusals(() => claim.verify())).toEqual(['not-above-delivered']);
    claim.verify(201920, 9_000_00);
    const now = claimOf(claim.thing);
    expect(now && assuranceOf(now)).toBe('verified');
  });
});

describe('a part and its whole', () => {
  it('are candidates for each other, and a whole is no part of its part', () => {
    const [part, whole] = [recorded('part'), recorded('whole')];
    const placed = decidePlacing(part, whole);
    const [now, wholeNow] = [after(part, placed.one), after(whole, placed.other)];
    const claims = [now, wholeNow].map((thing) => ({ ...claimOf(thing), programme: null }) as ComparedClaim);
    const [first, second] = claims;
    expect(first && second && overlapReasons(first, second)).toContain('part and whole');
    expect(first && second && overlapReasons(second, first)).toContain('part and whole');
    expect(refusals(() => decidePlacing(wholeNow, now))).toEqual(['part-of-part']);
  });

  it('is refused of a claim that is withdrawn, and of itself', () => {
    const withdrawn = { ...recorded('part'), withdrawn: true };
    expect(refusals(() => decidePlacing(withdrawn, recorded('whole')))).toEqual(['claim-state']);
    expect(refusals(() => decidePlacing(recorded('part'), recorded('part')))).toEqual(['two-claims']);
  });
});
