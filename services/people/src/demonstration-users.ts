import { userRoles, type Actor, type Grant } from '@ledger/access';

/** A person who may try a demonstration ledger. Their ids are fixed, so that the demonstration is always the same. */
export interface DemonstrationUser {
  readonly id: string;
  readonly name: string;
  readonly does: string;
  readonly grants: readonly Grant[];
}

function everywhere(...roles: readonly Grant['role'][]): readonly Grant[] {
  return roles.map((role) => ({ role, programmes: 'all' }));
}

export const demonstrationUsers: readonly DemonstrationUser[] = [
  {
    id: '0f0a5c1e-0001-5000-8000-000000000001',
    name: 'programme-editor',
    does: 'records what programmes did',
    grants: everywhere('programme-editor'),
  },
  {
    id: '0f0a5c1e-0002-5000-8000-000000000002',
    name: 'finance-verifier',
    does: 'audits claims',
    grants: everywhere('finance-verifier'),
  },
  {
    id: '0f0a5c1e-0003-5000-8000-000000000003',
    name: 'report-writer',
    does: 'asks and publishes',
    grants: everywhere('report-writer'),
  },
  {
    id: '0f0a5c1e-0004-5000-8000-000000000004',
    name: 'auditor',
    does: 'reads everything',
    grants: everywhere('auditor'),
  },
  {
    id: '0f0a5c1e-0005-5000-8000-000000000005',
    name: 'administrator',
    does: 'looks after users and people’s data',
    grants: everywhere('administrator'),
  },
  {
    id: '0f0a5c1e-0006-5000-8000-000000000006',
    name: 'publisher',
    does: 'keeps catalogue, measures and register',
    grants: everywhere('publisher'),
  },
  {
    id: '0f0a5c1e-0007-5000-8000-000000000007',
    name: 'peer-challenge-editor',
    does: 'records for the peer challenge programme alone',
    grants: [{ role: 'programme-editor', programmes: ['peer-challenge'] }],
  },
  {
    id: '0f0a5c1e-0009-5000-8000-000000000009',
    name: 'second-finance-verifier',
    does: 'audits claims beside the first: who agrees to a baseline does not verify',
    grants: everywhere('finance-verifier'),
  },
  {
    id: '0f0a5c1e-0008-5000-8000-000000000008',
    name: 'everyone',
    does: 'has every role at once, to try everything',
    grants: everywhere(...userRoles),
  },
];

/** Who acts where nobody is named: a demonstration is there to be tried. */
export const usualUser = 'everyone';

export function demonstrationUser(name: string): DemonstrationUser | undefined {
  return demonstrationUsers.find((user) => user.name === name);
}

export function actorOfDemonstration({ id, name, grants }: DemonstrationUser): Actor {
  return { id, grants, by: 'demonstration', label: name };
}
