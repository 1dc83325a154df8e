import { isUserRole, userRoles } from '@ledger/access';
import type { Command } from 'commander';
import { memberOf, rowsOf, table, text } from '../output';
import { command, withLedger, type CommonOptions } from './context';

interface PeopleOptions extends CommonOptions {
  readonly name?: string;
  readonly email?: string;
  readonly role?: readonly string[];
  readonly programme?: readonly string[];
  readonly reason?: string;
  readonly subject?: string;
  readonly run?: boolean;
  readonly limit?: string;
}

/** Roles of the options: `--role programme-editor --programme peer-challenge`. */
function grantsOf({ role = [], programme = [] }: PeopleOptions): unknown[] {
  const unknown = role.find((one) => !isUserRole(one));
  if (unknown !== undefined)
    throw new Error(`There is no role “${unknown}”. Roles are: ${userRoles.join(', ')}.`);
  return role.map((one) => ({
    role: one,
    programmes: one === 'programme-editor' && programme.length > 0 ? programme : 'all',
  }));
}

function withRoles(made: Command): Command {
  return made
    .option('--role <roles...>', userRoles.join(', '))
    .option('--programme <ids...>', 'the programmes of a programme editor (default: all)');
}

function users(): Command {
  const made = command('users', 'The users of a live ledger and their roles').action(
    async (options: CommonOptions) =>
      withLedger(
        options,
        (ledger) => ledger.get('/api/users'),
        (answer) =>
          table(
            ['id', 'name', 'e-mail', 'roles', 'let in'],
            rowsOf(answer, 'users').map((user) => [
              user['id'],
              user['name'],
              user['email'],
              rowsOf(user, 'grants')
                .map((grant) => text(grant['role']))
                .join(', '),
              user['active'] === true ? 'yes' : 'no',
            ]),
          ),
      ),
  );
  made.addCommand(
    withRoles(command('add', 'Add a user; the first password is printed once'))
      .requiredOption('--name <name>')
      .requiredOption('--email <address>')
      .option('--subject <text>', 'the subject of an identity provider, where it is known')
      .action(async (options: PeopleOptions) =>
        withLedger(
          options,
          (ledger) => {
            const { name, email, subject } = options;
            return ledger.post('/api/users', {
              name,
              email,
              grants: grantsOf(options),
              ...(subject !== undefined && { subject }),
            });
          },
          (answer) =>
            `Added ${text(memberOf(answer, 'id'))}. First password: ${text(memberOf(answer, 'password'))}`,
        ),
      ),
  );
  made.addCommand(
    withRoles(command('roles', 'Give a user these roles, and no others'))
      .argument('<id>')
      .action(async (id: string, options: PeopleOptions) =>
        withLedger(
          options,
          (ledger) => ledger.put(`/api/users/${encodeURIComponent(id)}`, { grants: grantsOf(options) }),
          () => 'Done.',
        ),
      ),
  );
  for (const [name, active, description] of [
    ['let-in', true, 'Let a user in again'],
    ['let-out', false, 'Let a user in no longer; sessions end at once'],
  ] as const)
    made.addCommand(
      command(name, description)
        .argument('<id>')
        .action(async (id: string, options: CommonOptions) =>
          withLedger(
            options,
            (ledger) => ledger.put(`/api/users/${encodeURIComponent(id)}`, { active }),
            () => 'Done.',
          ),
        ),
    );
  made.addCommand(
    command('new-password', 'Give a user a new first password, printed once')
      .argument('<id>')
      .action(async (id: string, options: CommonOptions) =>
        withLedger(
          options,
          (ledger) => ledger.post(`/api/users/${encodeURIComponent(id)}/password`, {}),
          (answer) => `First password: ${text(memberOf(answer, 'password'))}`,
        ),
      ),
  );
  return made;
}

/** A command about one person. */
function ofPerson(name: string, description: string): Command {
  return command(name, description).argument('<id>');
}

function personPath(id: string, more = ''): string {
  return `/api/people/${encodeURIComponent(id)}${more}`;
}

function people(): Command {
  const made = command('people', 'The people whom records name, in the vault');
  made.addCommand(
    command('find', 'Whom a name may mean')
      .argument('<name>')
      .action(async (name: string, options: CommonOptions) =>
        withLedger(
          options,
          (ledger) => ledger.get('/api/people', { name }),
          (answer) =>
            table(
              ['id', 'name', 'e-mail', 'match'],
              rowsOf(answer, 'people').map((row) => [row['id'], row['name'], row['email'], row['match']]),
            ),
        ),
      ),
  );
  made.addCommand(
    command('add', 'Add a person whom records are to name')
      .requiredOption('--name <name>')
      .option('--email <address>')
      .option('--key <key>', 'names this command for ever: the same again adds nobody')
      .action(async (options: PeopleOptions & { readonly key?: string }) =>
        withLedger(
          options,
          (ledger) => {
            const { name, email } = options;
            return ledger.post(
              '/api/people',
              { name, ...(email !== undefined && { email }) },
              { key: options.key },
            );
          },
          (answer) => text(memberOf(answer, 'id')),
        ),
      ),
  );
  made.addCommand(
    ofPerson('show', 'One person').action(async (id: string, options: CommonOptions) =>
      withLedger(
        options,
        (ledger) => ledger.get(personPath(id)),
        (answer) => JSON.stringify(answer, null, 2),
      ),
    ),
  );
  made.addCommand(
    ofPerson('export', 'Everything held about a person, for subject access').action(
      async (id: string, options: CommonOptions) =>
        withLedger(
          options,
          (ledger) => ledger.get(personPath(id, '/export')),
          (answer) => JSON.stringify(answer, null, 2),
        ),
    ),
  );
  made.addCommand(
    ofPerson('erase', 'Erase a person for ever; figures and records stay').action(
      async (id: string, options: CommonOptions) =>
        withLedger(
          options,
          (ledger) => ledger.post(personPath(id, '/erasure'), {}),
          () => 'Erased.',
        ),
    ),
  );
  made.addCommand(
    ofPerson('hold', 'Put a person under a legal hold')
      .requiredOption('--reason <text>')
      .action(async (id: string, { reason, ...options }: PeopleOptions) =>
        withLedger(
          options,
          (ledger) => ledger.post(personPath(id, '/hold'), { reason }),
          () => 'Held.',
        ),
      ),
  );
  made.addCommand(
    ofPerson('release', 'Lift the legal hold of a person').action(
      async (id: string, options: CommonOptions) =>
        withLedger(
          options,
          (ledger) => ledger.post(personPath(id, '/hold'), { reason: null }),
          () => 'Released.',
        ),
    ),
  );
  return made;
}

function counted(answer: unknown): string {
  const count = (name: string): number => rowsOf(answer, name).length;
  const periods = memberOf(answer, 'periods');
  const years = (name: string): string => text(memberOf(periods, name));
  return [
    `Names: kept ${years('name')} years after the last record; past it: ${count('names')}.`,
    `E-mail addresses: kept ${years('email')} years after the last record; past it: ${count('emails')}.`,
    `Notes: kept ${years('note')} years; past it: ${count('notes')}.`,
    `Kept by a legal hold: ${count('held')}.`,
  ].join('\n');
}

/** Commands about users, people, retention and the audit file. */
export function peopleCommands(): readonly Command[] {
  return [
    users(),
    people(),
    command('retention', 'What has passed its retention period; with --run it is taken away')
      .option('--run', 'take it away now')
      .action(async (options: PeopleOptions) =>
        withLedger(
          options,
          (ledger) =>
            options.run === true ? ledger.post('/api/retention', {}) : ledger.get('/api/retention'),
          (answer) => `${options.run === true ? 'Taken away:\n' : ''}${counted(answer)}`,
        ),
      ),
    command('audit', 'The audit file, from the newest entry')
      .option('--limit <n>')
      .action(async (options: PeopleOptions) =>
        withLedger(
          options,
          (ledger) => ledger.get('/api/audit', { limit: options.limit }),
          (answer) =>
            table(
              ['when', 'who', 'what', 'about'],
              rowsOf(answer, 'entries').map((entry) => [
                entry['at'],
                entry['actor'] ?? 'nobody signed in',
                entry['what'],
                Array.isArray(entry['about']) ? entry['about'].join(' ') : entry['route'],
              ]),
            ),
        ),
      ),
  ];
}
