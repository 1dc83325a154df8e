import { decideOverlap, decidePlacing, type ClaimPairDecision, type Thing } from '@ledger/domain';
import { FinancialYear, Id, Pence, type NoteRef } from '@ledger/events';
import { checkOwnProgramme, parseRequest, type Outcome } from '@ledger/recording';
import { z } from 'zod';
import type { AssuranceParts } from '../parts';
import type { ClaimCall, ClaimName } from './take-step';

const Note = { note: z.string().min(1).max(4000).optional() };

export const OverlapRequest = z.strictObject({
  other: Id.describe('The other claim.'),
  as: z.enum(['distinct', 'same', 'shared']),
  counts: Id.optional().describe('Where they are the same: the claim that counts.'),
  elsewhere: z
    .array(z.strictObject({ claim: Id, year: FinancialYear, pence: Pence.min(1) }))
    .max(100)
    .optional()
    .describe('Where they share a gain: which pence of which claim count in the other one, by year.'),
  ...Note,
});
export const PlacingRequest = z.strictObject({
  whole: Id.describe('The claim that this one is a part of.'),
  ...Note,
});

/** Decides on two claims and writes to both in one append. */
async function decidePair(
  { recording }: AssuranceParts,
  scope: string,
  [name, otherId]: readonly [ClaimName, string],
  call: ClaimCall & { readonly note: string | undefined },
  decide: (one: Thing, other: Thing, noteRef: NoteRef | undefined) => ClaimPairDecision,
): Promise<Outcome> {
  const { note, ...command } = call;
  const sent = typeof call.request === 'object' ? call.request : {};
  return recording.run(scope, { ...command, request: { claim: name.id, ...sent } }, async (stamped) => {
    const reference = await recording.parts.reference();
    const pending = recording.pending(stamped, reference);
    const { id, ifMatch } = name;
    const named = { kind: 'claim', id, ...(ifMatch !== undefined && { ifMatch }) } as const;
    const one = await recording.named(pending, named);
    const other = await pending.thing('claim', otherId);
    const contents = [one, other].flatMap((thing) => thing.contents.map(({ event }) => event));
    checkOwnProgramme(reference.catalogue, call.asAuditor ? 'all' : call.programmes, contents, 'id');
    const noteRef =
      note === undefined
        ? undefined
        : await recording.parts.vault.putNote({ commandKey: `${stamped.id}/note`, text: note });
    const decided = decide(one, other, noteRef);
    for (const event of decided.one) await pending.add(one, event);
    for (const event of decided.other) await pending.add(other, event);
    return recording.planned(pending, []);
  });
}

/** Decides whether two claims count one gain, in both of them (B7). @throws DecisionRefused, EventLogError */
export async function resolveOverlap(
  parts: AssuranceParts,
  name: ClaimName,
  call: ClaimCall,
): Promise<Outcome> {
  const { other, note, ...decision } = parseRequest(OverlapRequest, call.request);
  return decidePair(parts, 'resolve-overlap', [name, other], { ...call, note }, (one, second, noteRef) =>
    decideOverlap(one, second, { ...decision, ...(noteRef !== undefined && { noteRef }) }),
  );
}

/** Says that a claim is a part of another. @throws DecisionRefused, EventLogError */
export async function placeClaim(parts: AssuranceParts, name: ClaimName, call: ClaimCall): Promise<Outcome> {
  const { whole, note } = parseRequest(PlacingRequest, call.request);
  return decidePair(parts, 'place-claim', [name, whole], { ...call, note }, decidePlacing);
}
