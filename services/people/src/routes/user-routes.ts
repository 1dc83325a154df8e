import { randomUUID } from 'node:crypto';
import { userRoles } from '@ledger/access';
import { Slug } from '@ledger/events';
import { idempotencyKeyOf, route, sendJson, type Route } from '@ledger/http';
import { z } from 'zod';
import { usersOf, type PeopleParts } from '../parts';
import { OnePerson, parsedBody } from './parsed-request';

const Grants = z
  .array(
    z.strictObject({
      role: z.enum(userRoles),
      programmes: z.union([z.literal('all'), z.array(Slug).min(1).max(200)]).default('all'),
    }),
  )
  .max(20);
const tag = 'users';

/** Users of a live ledger and their roles. */
export function userRoutes(parts: () => PeopleParts): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/users',
      operationId: 'users',
      summary: 'The users and their roles',
      tag,
      permission: 'users:manage',
      answers: 'The users.',
      handle: async ({ actor, response }) => {
        const { audit } = parts();
        const users = await usersOf(parts()).all();
        audit.add({ actor: actor.id, what: 'person-read', about: users.map(({ id }) => id) });
        sendJson(response, { users });
      },
    }),
    route({
      method: 'post',
      path: '/api/users',
      operationId: 'addUser',
      summary: 'Add a user; the first password is given out once',
      tag,
      permission: 'users:manage',
      body: z.unknown(),
      command: true,
      answers: 'The id and the first password.',
      handle: async ({ body, actor, request, response }) => {
        const sent = parsedBody(
          z.strictObject({
            name: z.string().max(200),
            email: z.string().max(254),
            grants: Grants,
            subject: z.string().min(1).max(255).optional(),
          }),
          body,
        );
        const commandKey = idempotencyKeyOf(request) ?? randomUUID();
        sendJson(response, await usersOf(parts()).add(actor.id, { ...sent, commandKey }), 201);
      },
    }),
    route({
      method: 'put',
      path: '/api/users/{id}',
      operationId: 'changeUser',
      summary: 'Give a user roles, or let him or her in or out',
      tag,
      permission: 'users:manage',
      params: OnePerson,
      body: z.unknown(),
      answers: 'That it is done.',
      handle: async ({ params, body, actor, response }) => {
        const { grants, active } = parsedBody(
          z.strictObject({ grants: Grants.optional(), active: z.boolean().optional() }),
          body,
        );
        await usersOf(parts()).change(actor.id, params.id, {
          ...(grants !== undefined && { grants }),
          ...(active !== undefined && { active }),
        });
        sendJson(response, { changed: true });
      },
    }),
    route({
      method: 'post',
      path: '/api/users/{id}/password',
      operationId: 'newPassword',
      summary: 'Give a user a new first password, said once',
      tag,
      permission: 'users:manage',
      params: OnePerson,
      body: z.unknown(),
      answers: 'The password.',
      handle: async ({ params, body, actor, response }) => {
        parsedBody(z.strictObject({}), body);
        sendJson(response, { password: await usersOf(parts()).newPassword(actor.id, params.id) });
      },
    }),
  ];
}
