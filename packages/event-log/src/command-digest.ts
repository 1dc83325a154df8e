import { createHash } from 'node:crypto';
import type { AppendCommand } from './port';

/** The 16 bytes under which a command is remembered: enough that two never meet by chance. */
export function digestOf({ actor, scope, key }: Pick<AppendCommand, 'actor' | 'scope' | 'key'>): Uint8Array {
  return createHash('sha256')
    .update(JSON.stringify([actor, scope, key]))
    .digest()
    .subarray(0, 16);
}
