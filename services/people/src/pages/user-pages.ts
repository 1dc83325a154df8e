import { randomUUID } from 'node:crypto';
import { roleMeanings, userRoles, type Grant } from '@ledger/access';
import type { Fields, Page } from '@ledger/http';
import { InvalidPersonError } from '@ledger/vault';
import { usersOf, type PeopleParts } from '../parts';
import { errorsOf, idOf } from './shown';

/** Roles as a form gives them: a box each, and the programmes of an editor; none chosen means all. */
function grantsOf(form: Fields): readonly Grant[] {
  const programmes = Object.keys(form).flatMap((name) =>
    name.startsWith('programme-') ? [name.slice('programme-'.length)] : [],
  );
  return userRoles.flatMap((role): Grant[] => {
    if (form[`role-${role}`] === undefined) return [];
    return [
      {
        role,
        programmes: role === 'programme-editor' && form['all-programmes'] === undefined ? programmes : 'all',
      },
    ];
  });
}

/** Users and their roles. */
export function userPages(parts: () => PeopleParts): readonly Page[] {
  const roleChoices = async (grants: readonly Grant[]): Promise<Readonly<Record<string, unknown>>> => {
    const editor = grants.find(({ role }) => role === 'programme-editor');
    return {
      roles: userRoles.map((role) => ({
        role,
        meaning: roleMeanings[role],
        held: grants.some((grant) => grant.role === role),
      })),
      allProgrammes: editor === undefined || editor.programmes === 'all',
      programmes: [...(await parts().programmes())].map(([id, label]) => ({
        id,
        label,
        held: editor !== undefined && editor.programmes !== 'all' && editor.programmes.includes(id),
      })),
    };
  };
  return [
    {
      method: 'get',
      path: '/users',
      permission: 'users:manage',
      show: async ({ actor }) => {
        const users = await usersOf(parts()).all();
        parts().audit.add({ actor: actor.id, what: 'person-read', about: users.map(({ id }) => id) });
        return { view: 'users', context: { users } };
      },
    },
    {
      method: 'get',
      path: '/users/new',
      permission: 'users:manage',
      show: async () => {
        usersOf(parts());
        return { view: 'user-new', context: { key: randomUUID(), values: {}, ...(await roleChoices([])) } };
      },
    },
    {
      method: 'post',
      path: '/users/new',
      permission: 'users:manage',
      show: async ({ form, actor }) => {
        const { name = '', email = '', key = randomUUID() } = form;
        const grants = grantsOf(form);
        try {
          if (email === '') throw new InvalidPersonError('email', 'Give the e-mail address to sign in with.');
          const { id, password } = await usersOf(parts()).add(actor.id, {
            name,
            email,
            grants,
            commandKey: key,
          });
          return { view: 'user-password', context: { id, name, password } };
        } catch (error) {
          const context = { key, values: form, errors: errorsOf(error), ...(await roleChoices(grants)) };
          return { view: 'user-new', context, status: 422 };
        }
      },
    },
    {
      method: 'get',
      path: '/users/{id}',
      permission: 'users:manage',
      show: async ({ params, actor }) => {
        const id = idOf(params);
        const user = await usersOf(parts()).find(id);
        parts().audit.add({ actor: actor.id, what: 'person-read', about: [id] });
        return { view: 'user', context: { user, ...(await roleChoices(user.grants)) } };
      },
    },
    {
      method: 'post',
      path: '/users/{id}',
      permission: 'users:manage',
      show: async ({ params, form, actor }) => {
        const id = idOf(params);
        const users = usersOf(parts());
        if (form['step'] === 'password') {
          const password = await users.newPassword(actor.id, id);
          return { view: 'user-password', context: { id, password } };
        }
        await users.change(
          actor.id,
          id,
          form['step'] === 'roles' ? { grants: grantsOf(form) } : { active: form['step'] === 'let-in' },
        );
        return { redirect: `/users/${id}` };
      },
    },
  ];
}
