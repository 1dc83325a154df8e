/**
 * What a request may need. Every route, page and command names exactly one; what is not granted is denied
 * (design section 10).
 */
export const permissions = {
  public: 'nothing: health, the API description, styles, and signing in',
  'signed-in': 'being signed in: one’s own session and password',
  'reference:read': 'seeing offers, measures, councils and event types',
  'figures:read': 'asking figures and having them explained',
  'records:read': 'reading records with their history and notes',
  'records:write': 'recording, correcting, withdrawing, merging and importing',
  'records:approve': 'approving records that somebody else wrote',
  'register:write': 'recording facts about bodies',
  'catalogue:write': 'declaring themes, programmes, offers and measures',
  'periods:close': 'closing quarters and years, and reopening what is provisionally closed',
  'adjustments:decide': 'approving or declining what somebody else proposes to change in closed time',
  'claims:audit':
    'taking claims up, querying, verifying and rejecting them, agreeing to their baselines, and drawing samples',
  'figures:publish': 'publishing figures, as citations that stay what they said',
  'evidence:read': 'opening the evidence of claims',
  'people:read': 'finding and reading the people whom records name',
  'people:export': 'giving a person everything held about him or her',
  'people:erase': 'erasing people, legal holds, and keeping to retention periods',
  'events:read': 'reading the stored events whole',
  'audit:read': 'reading the audit file',
  'ledger:check': 'checking the ledger against a recount, and building its read models anew',
  'seals:make': 'sealing everything recorded until now',
  'seals:change-key': 'making a new key to seal with',
  'users:manage': 'adding users, giving and taking roles',
} as const;

export type Permission = keyof typeof permissions;
