import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { permissions, userRoles, type Permission, type UserRole } from '@ledger/access';
import { allRoutes } from '@ledger/standalone';
import { LiveLedger } from '../live/live-ledger';

/** What a role may do with each permission: the decisions, written down apart from the code that keeps to them. */
const decided: Readonly<Record<Permission, readonly (UserRole | 'nobody signed in')[]>> = {
  public: ['nobody signed in', ...userRoles],
  'signed-in': [...userRoles],
  'reference:read': [...userRoles],
  'figures:read': ['programme-editor', 'finance-verifier', 'report-writer', 'auditor', 'publisher'],
  'records:read': ['programme-editor', 'finance-verifier', 'auditor'],
  'records:write': ['programme-editor'],
  'records:approve': ['programme-editor'],
  'register:write': ['programme-editor', 'publisher'],
  'catalogue:write': ['publisher'],
  'periods:close': ['finance-verifier'],
  'adjustments:decide': ['finance-verifier'],
  'claims:audit': ['finance-verifier'],
  'figures:publish': ['report-writer', 'publisher'],
  'evidence:read': ['programme-editor', 'finance-verifier', 'auditor'],
  'people:read': ['programme-editor', 'auditor', 'administrator'],
  'people:export': ['auditor'],
  'people:erase': ['administrator'],
  'events:read': ['auditor'],
  'audit:read': ['auditor'],
  'ledger:check': ['auditor', 'administrator'],
  'seals:make': ['finance-verifier', 'publisher', 'administrator'],
  'seals:change-key': ['administrator'],
  'users:manage': ['administrator'],
};

interface Entry {
  readonly method: string;
  readonly path: string;
  readonly permission: Permission;
  readonly page: boolean;
}

const neverOpen = (): never => {
  throw new Error('Only the declarations are looked at');
};
const { commands, questions, pages } = allRoutes(neverOpen, { oidc: () => undefined, secure: false });
const entries: readonly Entry[] = [
  ...[...commands, ...questions].map(({ method, path, permission }) => ({
    method,
    path,
    permission,
    page: false,
  })),
  ...pages.map(({ method, path, permission }) => ({ method, path, permission, page: true })),
];

/** An address of a route; what its parameters name is not there. */
function addressOf(path: string): string {
  const values: Readonly<Record<string, string>> = { kind: 'activity', type: 'SupportProvided' };
  return path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => values[name] ?? '01a20c75-4a3c-7532-b916-7352039aa364',
  );
}

let ledger: LiveLedger;
const tokens = new Map<string, string | undefined>([['nobody signed in', undefined]]);

beforeAll(async () => {
  ledger = await LiveLedger.start();
  for (const role of userRoles) {
    const { token } = await ledger.user(`A ${role}`, [{ role, programmes: 'all' }]);
    tokens.set(role, token);
  }
}, 60_000);
afterAll(() => ledger.stop());

test('every route and every page needs a permission that has been decided about', () => {
  expect(entries.length).toBeGreaterThan(80);
  for (const { permission } of entries) expect(Object.keys(decided)).toContain(permission);
  expect(Object.keys(permissions).sort()).toEqual(Object.keys(decided).sort());
});

test('what needs no sign-in is signing in, and nothing else', () => {
  expect(
    entries
      .filter(({ permission }) => permission === 'public')
      .map(({ method, path }) => `${method} ${path}`),
  ).toEqual([
    'post /api/sessions',
    'get /sign-in',
    'post /sign-in',
    'get /sign-in/provider',
    'get /sign-in/callback',
    'get /visitor',
    'post /visitor',
  ]);
});

/** Whether an answer is a refusal for want of a role or of signing in. */
async function denied({ method, path, page }: Entry, role: string): Promise<boolean> {
  const token = tokens.get(role);
  const { status, text, headers } = await ledger.request(method.toUpperCase(), addressOf(path), {
    ...(token !== undefined && { token }),
    ...(method === 'get' || page ? {} : { body: {} }),
  });
  expect([role, method, path, status < 500]).toEqual([role, method, path, true]);
  if (text.includes('NOT_YOUR_ROLE') || text.includes('None of your roles may do this')) return true;
  if (headers.get('location')?.startsWith('/sign-in?next=') === true) return true;
  return text.includes('NOT_SIGNED_IN') || text.includes('Sign in first');
}

// Ending the session would end the others’ cells too; what it needs is 'signed-in', as `/api/password` does.
const cells = entries.filter(({ method, path }) => !(method === 'delete' && path === '/api/sessions'));

test.each(['nobody signed in', ...userRoles])(
  '%s: every route and page is open or closed as decided',
  async (role) => {
    const wrong: string[] = [];
    for (const entry of cells) {
      const open = decided[entry.permission].some((one) => one === role);
      if ((await denied(entry, role)) === open)
        wrong.push(`${entry.method} ${entry.path} is ${open ? 'closed' : 'open'}`);
    }
    expect(wrong).toEqual([]);
  },
  60_000,
);

test('the documented matrix is the one that is kept to', () => {
  const documented = readFileSync(join(__dirname, '..', '..', 'docs', 'roles.md'), 'utf8');
  for (const permission of Object.keys(decided) as Permission[]) {
    const row = documented.split('\n').find((line) => line.startsWith(`| \`${permission}\``));
    const marks = userRoles.map((role) => (decided[permission].includes(role) ? 'yes' : ''));
    expect([
      permission,
      row
        ?.split('|')
        .slice(3, -1)
        .map((cell) => cell.trim()),
    ]).toEqual([permission, marks]);
  }
});
