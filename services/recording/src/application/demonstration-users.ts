/** A person who may try a demonstration ledger. Their ids are fixed, so that the demonstration is always the same. */
export interface DemonstrationUser {
  readonly id: string;
  readonly name: string;
  readonly does: string;
}

export const demonstrationUsers: readonly DemonstrationUser[] = [
  {
    id: '0f0a5c1e-0001-5000-8000-000000000001',
    name: 'programme-editor',
    does: 'records what programmes did',
  },
  { id: '0f0a5c1e-0002-5000-8000-000000000002', name: 'finance-verifier', does: 'audits claims' },
  { id: '0f0a5c1e-0003-5000-8000-000000000003', name: 'report-writer', does: 'asks and publishes' },
  { id: '0f0a5c1e-0004-5000-8000-000000000004', name: 'auditor', does: 'reads everything' },
  { id: '0f0a5c1e-0005-5000-8000-000000000005', name: 'administrator', does: 'looks after users' },
];

/** Who acts where nobody is named. */
export const usualUser = 'programme-editor';

export function demonstrationUser(name: string): DemonstrationUser | undefined {
  return demonstrationUsers.find((user) => user.name === name);
}
