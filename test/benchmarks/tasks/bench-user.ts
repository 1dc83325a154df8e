import type { FirstUser } from '@ledger/standalone';

/** Who signs in to the ledgers of the benchmarks, which hold invented records only and are deleted afterwards. */
export const benchUser: FirstUser = {
  name: 'Bench User',
  email: 'bench@example.org',
  password: 'measured in three rounds',
};
