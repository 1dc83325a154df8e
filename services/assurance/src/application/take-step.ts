import { claimOf, decideClaim, type ClaimCommand, type ClaimContext } from '@ledger/domain';
import { derivedId, type NoteRef } from '@ledger/events';
import { seesEverything } from '@ledger/projections';
import {
  checkOwnProgramme,
  parseRequest,
  type Command,
  type Outcome,
  type StampedCommand,
} from '@ledger/recording';
import type { AssuranceParts } from '../parts';
import type { ClaimStep } from './claim-steps';

/** What deciding on a step needs around it. */
export type StepParts = Pick<AssuranceParts, 'recording' | 'queries' | 'whenUpToDate'>;

/** A claim, and the revision that a step was decided on, where one was sent. */
export interface ClaimName {
  readonly id: string;
  readonly ifMatch?: string | undefined;
}

/** A command on a claim; whoever audits claims does so for all programmes. */
export interface ClaimCall extends Command {
  readonly asAuditor: boolean;
}

/** The request with the claim of its address among what its key names. */
function ofClaim(call: ClaimCall, id: string): ClaimCall {
  const sent = typeof call.request === 'object' ? call.request : {};
  return { ...call, request: { claim: id, ...sent } };
}

/** What is wrong with the files that a claim rests on. */
async function evidenceOf(
  { recording }: StepParts,
  id: string,
): Promise<NonNullable<ClaimContext['brokenEvidence']>> {
  const claim = claimOf(await recording.read('claim', id));
  const broken: { title: string; state: 'missing' | 'altered' }[] = [];
  for (const { evidence, sha256, title } of claim?.life.evidence ?? []) {
    const state = await recording.parts.vault.evidence.check({ id: evidence, sha256 });
    if (state !== 'kept') broken.push({ title, state });
  }
  return broken;
}

/** Claims that may count the same gain, and about which nobody has decided. */
async function openOverlapsOf(
  { queries, whenUpToDate }: StepParts,
  id: string,
): Promise<NonNullable<ClaimContext['openOverlaps']>> {
  await whenUpToDate();
  const { overlaps } = await queries.claimOverlaps(id, seesEverything);
  return overlaps.flatMap(({ claim, because, blocking }) =>
    blocking && claim !== null ? [{ id: claim.id, title: claim.title, because: because.join(', ') }] : [],
  );
}

/** What a decision looks at beside the claim; only assuring needs it. */
async function contextOf(
  parts: StepParts,
  id: string,
  step: ClaimCommand['step'],
): Promise<Partial<ClaimContext>> {
  if (step !== 'verify' && step !== 'check-estimate') return {};
  return { brokenEvidence: await evidenceOf(parts, id), openOverlaps: await openOverlapsOf(parts, id) };
}

/**
 * Lets the domain decide on a step of a claim and records it.
 * @throws DecisionRefused, NotYourProgrammeError, RevisionConflict, EventLogError
 */
export async function decideStep(
  parts: StepParts,
  { id, ifMatch }: ClaimName,
  call: ClaimCall,
  make: (stamped: StampedCommand) => Promise<ClaimCommand>,
): Promise<Outcome> {
  const { recording } = parts;
  return recording.run('claim', ofClaim(call, id), async (stamped) => {
    const reference = await recording.parts.reference();
    const pending = recording.pending(stamped, reference);
    const thing = await recording.named(pending, {
      kind: 'claim',
      id,
      ...(ifMatch !== undefined && { ifMatch }),
    });
    const contents = thing.contents.map(({ event }) => event);
    checkOwnProgramme(reference.catalogue, call.asAuditor ? 'all' : call.programmes, contents, 'id');
    const command = await make(stamped);
    const context = {
      actor: call.actor,
      today: recording.parts.today(),
      ...(await contextOf(parts, id, command.step)),
    };
    for (const event of decideClaim(thing, command, context)) await pending.add(thing, event);
    return recording.planned(pending, []);
  });
}

/** Takes a step that was declared. @throws as `decideStep` */
export async function takeStep(
  parts: StepParts,
  name: ClaimName,
  declared: ClaimStep,
  call: ClaimCall,
): Promise<Outcome> {
  const request: unknown = parseRequest(declared.body, call.request);
  const text = declared.text(request);
  // One key names one thing, so the step is among what it names.
  const sent = typeof request === 'object' ? request : {};
  return decideStep(parts, name, { ...call, request: { step: declared.step, ...sent } }, async ({ id }) => {
    const noteRef: NoteRef | undefined =
      text === undefined
        ? undefined
        : await parts.recording.parts.vault.putNote({ commandKey: `${id}/note`, text });
    const made = derivedId('claim-step', id);
    return declared.command(request, { noted: noteRef === undefined ? {} : { noteRef }, made });
  });
}
