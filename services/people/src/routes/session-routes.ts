import { bearerTokenOf, route, sendJson, type Route } from '@ledger/http';
import { z } from 'zod';
import { usersOf, type PeopleParts } from '../parts';
import { parsedBody } from './parsed-request';

const tag = 'users';

/** Signing in and out, and one's own password. */
export function sessionRoutes(parts: () => PeopleParts): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/sessions',
      operationId: 'signIn',
      summary: 'Sign in with an e-mail address and a password',
      tag,
      permission: 'public',
      body: z.unknown(),
      answers: 'A token to send as `Authorization: Bearer`.',
      handle: async ({ body, request, response }) => {
        const sent = parsedBody(
          z.strictObject({ email: z.string().max(254), password: z.string().max(1024) }),
          body,
        );
        const { token, account } = await usersOf(parts()).signIn(sent.email, sent.password, request.ip ?? '');
        sendJson(response, { token, mustChange: account.mustChange }, 201);
      },
    }),
    route({
      method: 'delete',
      path: '/api/sessions',
      operationId: 'signOut',
      summary: 'End the session of the token sent',
      tag,
      permission: 'signed-in',
      answers: 'That the session has ended.',
      handle: async ({ actor, request, response }) => {
        await usersOf(parts()).signOut(bearerTokenOf(request) ?? '', actor.id);
        sendJson(response, { ended: true });
      },
    }),
    route({
      method: 'post',
      path: '/api/password',
      operationId: 'changePassword',
      summary: 'Change one’s own password; every other session ends',
      tag,
      permission: 'signed-in',
      body: z.unknown(),
      answers: 'A new token.',
      handle: async ({ body, actor, request, response }) => {
        const sent = parsedBody(
          z.strictObject({ current: z.string().max(1024), wanted: z.string().max(4096) }),
          body,
        );
        const users = usersOf(parts());
        const token = await users.changePassword(actor.id, sent.current, sent.wanted, request.ip ?? '');
        sendJson(response, { token });
      },
    }),
  ];
}
