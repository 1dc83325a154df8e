import { randomUUID } from 'node:crypto';

/** An address under which a test has a ledger of its own, in a KurrentDB that others use too. */
export function ownPrefix(address: string): string {
  return `${address}${address.includes('?') ? '&' : '?'}prefix=t${randomUUID().replaceAll('-', '')}`;
}
