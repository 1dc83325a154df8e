import { route, sendJson, type Route } from '@ledger/http';
import { z } from 'zod';
import { erasePerson } from '../application/erasure';
import { subjectAccess } from '../application/subject-access';
import type { PeopleParts } from '../parts';
import { OnePerson, parsedBody } from './parsed-request';

const tag = 'people';

/** What the law gives a person: everything held about him or her, and erasure, unless a legal hold forbids it. */
export function dataSubjectRoutes(parts: () => PeopleParts): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/people/{id}/export',
      operationId: 'exportPerson',
      summary: 'Everything held about a person, for subject access',
      tag,
      permission: 'people:export',
      params: OnePerson,
      answers: 'The person, the notes about him or her, and the events that name him or her.',
      handle: async ({ params, actor, response }) => {
        sendJson(response, await subjectAccess(parts(), actor.id, params.id));
      },
    }),
    route({
      method: 'post',
      path: '/api/people/{id}/erasure',
      operationId: 'erasePerson',
      summary: 'Erase a person for ever; figures and records stay as they are',
      tag,
      permission: 'people:erase',
      params: OnePerson,
      body: z.unknown(),
      answers: 'That the person is erased.',
      handle: async ({ params, body, actor, response }) => {
        parsedBody(z.strictObject({}), body);
        await erasePerson(parts(), actor.id, params.id);
        sendJson(response, { id: params.id, erased: true });
      },
    }),
    route({
      method: 'post',
      path: '/api/people/{id}/hold',
      operationId: 'holdPerson',
      summary: 'Put a person under a legal hold, or lift it with a reason of null',
      tag,
      permission: 'people:erase',
      params: OnePerson,
      body: z.unknown(),
      answers: 'The hold.',
      handle: async ({ params, body, actor, response }) => {
        const { reason } = parsedBody(
          z.strictObject({ reason: z.string().min(1).max(4000).nullable() }),
          body,
        );
        const { vault, audit } = parts();
        await vault.people.hold(params.id, reason);
        audit.add({ actor: actor.id, what: 'person-held', about: [params.id] });
        sendJson(response, { id: params.id, hold: reason });
      },
    }),
  ];
}
