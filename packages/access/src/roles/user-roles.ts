import type { Permission } from './permissions';

/** The roles of users (design section 10). Not to be confused with the role of a body in an activity. */
export const userRoles = [
  'programme-editor',
  'finance-verifier',
  'report-writer',
  'auditor',
  'publisher',
  'administrator',
] as const;

export type UserRole = (typeof userRoles)[number];

/** What each role is for, as it is shown where roles are given. */
export const roleMeanings: Readonly<Record<UserRole, string>> = {
  'programme-editor': 'records and corrects what its programmes did',
  'finance-verifier':
    'reads the records of all programmes, without people, and audits claims; closes quarters and years and approves adjustments',
  'report-writer': 'asks figures and publishes them; sees totals and no people',
  auditor: 'reads everything, the audit file included, and changes nothing',
  publisher: 'answers for published figures: keeps the catalogue, the measures and the register',
  administrator: 'looks after users, erasure and retention; sees no records',
};

/**
 * The role matrix, as data: deny by default. Whoever may do something is named here and nowhere else.
 * An administrator erases people (a duty of keeping the system), so finds them by name, and reads no record of what
 * they did; an auditor reads and never writes.
 */
export const roleMatrix: Readonly<Record<UserRole, readonly Permission[]>> = {
  'programme-editor': [
    'reference:read',
    'figures:read',
    'records:read',
    'records:write',
    'records:approve',
    'evidence:read',
    'register:write',
    'people:read',
  ],
  'finance-verifier': [
    'reference:read',
    'figures:read',
    'records:read',
    'periods:close',
    'adjustments:decide',
    'seals:make',
    'claims:audit',
    'evidence:read',
  ],
  'report-writer': ['reference:read', 'figures:read', 'figures:publish'],
  auditor: [
    'reference:read',
    'figures:read',
    'records:read',
    'evidence:read',
    'people:read',
    'people:export',
    'events:read',
    'audit:read',
    'ledger:check',
  ],
  publisher: [
    'reference:read',
    'figures:read',
    'figures:publish',
    'register:write',
    'catalogue:write',
    'seals:make',
  ],
  administrator: [
    'reference:read',
    'people:read',
    'people:erase',
    'ledger:check',
    'seals:make',
    'seals:change-key',
    'users:manage',
  ],
};

export function isUserRole(text: string): text is UserRole {
  return userRoles.some((role) => role === text);
}
