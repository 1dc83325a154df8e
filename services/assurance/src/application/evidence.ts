import { claimOf } from '@ledger/domain';
import { EvidenceSort, Label, LondonDate } from '@ledger/events';
import { ProblemError } from '@ledger/http';
import { parseRequest, type Outcome } from '@ledger/recording';
import type { KeptEvidence } from '@ledger/vault';
import { z } from 'zod';
import type { AssuranceParts } from '../parts';
import { decideStep, type ClaimCall, type ClaimName } from './take-step';

/** What is said of a file beside the file. */
export const EvidenceRequest = z.strictObject({
  title: Label,
  sort: EvidenceSort,
  dated: LondonDate.optional(),
});

export interface EvidenceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Attaches a file to a claim: scanned where the operator has named a scanner, kept encrypted, and named in the claim by
 * the hash of what is kept. A claim that takes no evidence is refused before anything is kept.
 * @throws EvidenceRefusedError, EvidenceNotScannedError, and what any step of a claim throws
 */
export async function attachEvidence(
  parts: AssuranceParts,
  name: ClaimName,
  call: ClaimCall,
  file: EvidenceFile,
): Promise<Outcome> {
  const { title, sort, dated } = parseRequest(EvidenceRequest, call.request);
  const said = { title, sort, ...(dated !== undefined && { dated }) };
  const attached = ({ id: evidence, sha256, bytes, mediaType }: KeptEvidence) =>
    ({ step: 'attach-evidence', data: { evidence, sha256, bytes, mediaType, ...said } }) as const;
  const nothingKept = { id: name.id, sha256: '0'.repeat(64), bytes: 1, mediaType: 'text/plain' };
  await decideStep(parts, name, { ...call, key: `${call.key}/tried`, dryRun: true }, async () =>
    attached(nothingKept),
  );
  await parts.scan?.(file.bytes);
  const kept = await parts.recording.parts.vault.evidence.put(file);
  return decideStep(parts, name, { ...call, request: { ...said, file: kept.sha256 } }, async () =>
    attached(kept),
  );
}

/**
 * A file of a claim, for somebody who may read the claim; the audit file has it before it is given.
 * @throws ProblemError 404 where the claim has no such evidence, 410 where it is missing, 409 where it was altered
 */
export async function openEvidence(
  { recording }: AssuranceParts,
  claimId: string,
  evidenceId: string,
  audit: () => void,
): Promise<EvidenceFile & { readonly mediaType: string }> {
  const claim = claimOf(await recording.read('claim', claimId));
  const attached = claim?.life.evidence.find(({ evidence }) => evidence === evidenceId);
  if (attached === undefined)
    throw new ProblemError(
      404,
      'UNKNOWN_EVIDENCE',
      'The claim has no such evidence; its page lists what it has.',
    );
  audit();
  const opened = await recording.parts.vault.evidence.open({ id: evidenceId, sha256: attached.sha256 });
  if (opened === 'missing')
    throw new ProblemError(
      410,
      'EVIDENCE_MISSING',
      'The file is not in the vault any more; the claim cannot be verified on it. Restore the vault from a backup.',
    );
  if (opened === 'altered')
    throw new ProblemError(
      409,
      'EVIDENCE_ALTERED',
      'The file in the vault is not the one that was attached: its hash differs. It is not shown; restore the vault from a backup.',
    );
  return opened;
}
