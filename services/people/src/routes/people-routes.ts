import { randomUUID } from 'node:crypto';
import { idempotencyKeyOf, route, sendJson, type Route } from '@ledger/http';
import { z } from 'zod';
import { findPeople, readPerson } from '../application/reading-people';
import type { PeopleParts } from '../parts';
import { OnePerson, parsedBody } from './parsed-request';

const Details = z.strictObject({ name: z.string().max(200), email: z.string().max(254).optional() });
const tag = 'people';

/** The people whom records name: finding, reading and keeping them right. Every read is in the audit file. */
export function peopleRoutes(parts: () => PeopleParts): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/people',
      operationId: 'findPeople',
      summary: 'Whom a name may mean: the same names, then doubtful ones',
      tag,
      permission: 'people:read',
      query: z.strictObject({ name: z.string().min(1).max(200) }),
      answers: 'The people with how they match.',
      handle: async ({ query, actor, response }) => {
        const matches = await findPeople(parts(), actor.id, query.name);
        sendJson(response, {
          people: matches.map(({ person: { id, name, email }, match }) => ({ id, name, email, match })),
        });
      },
    }),
    route({
      method: 'post',
      path: '/api/people',
      operationId: 'addPerson',
      summary: 'Add a person whom records are to name; the same Idempotency-Key again gives the same person',
      tag,
      permission: 'records:write',
      body: z.unknown(),
      command: true,
      answers: 'The id of the person.',
      handle: async ({ body, actor, request, response }) => {
        const details = parsedBody(Details, body);
        const commandKey = `api/${actor.id}/${idempotencyKeyOf(request) ?? randomUUID()}`;
        sendJson(response, { id: await parts().vault.people.add({ ...details, commandKey }) }, 201);
      },
    }),
    route({
      method: 'get',
      path: '/api/people/{id}',
      operationId: 'readPerson',
      summary: 'One person',
      tag,
      permission: 'people:read',
      params: OnePerson,
      answers: 'Name, address, legal hold; `erased` where the person was erased.',
      handle: async ({ params, actor, response }) =>
        sendJson(response, await readPerson(parts(), actor.id, params.id)),
    }),
    route({
      method: 'put',
      path: '/api/people/{id}',
      operationId: 'changePerson',
      summary: 'Put a person’s details right; the earlier ones are gone',
      tag,
      permission: 'records:write',
      params: OnePerson,
      body: z.unknown(),
      answers: 'The person.',
      handle: async ({ params, body, response }) => {
        const { people } = parts().vault;
        await people.change(params.id, parsedBody(Details, body));
        sendJson(response, await people.read(params.id));
      },
    }),
  ];
}
