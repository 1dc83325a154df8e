import { recordOfLedger, type EventLog } from '@ledger/event-log';
import { formatKey, type VerifierKey } from '@ledger/seal';

/** Why another key seals from now on. */
export type KeyChangeReason = 'rotated' | 'former-key-missing';

/** Records in the log that another key seals from now on. */
export async function recordKeyChange(
  log: Pick<EventLog, 'append'>,
  {
    from,
    to,
    reason,
    actor,
    keyed,
  }: {
    readonly from: VerifierKey;
    readonly to: VerifierKey;
    readonly reason: KeyChangeReason;
    readonly actor: string;
    /** The ledger's keyed hash of a text. */
    readonly keyed: (text: string) => string;
  },
): Promise<void> {
  await recordOfLedger(log, {
    type: 'SealingKeyChanged',
    data: { from: from.id, to: to.id, key: formatKey(to), reason },
    actor,
    scope: 'change-sealing-key',
    keyed,
  });
}
