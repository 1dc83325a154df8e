import type { Actor } from '@ledger/access';
import type { Page } from '@ledger/http';
import { erasePerson } from '../application/erasure';
import { findPeople, readPerson, type ShownPerson } from '../application/reading-people';
import { subjectAccess } from '../application/subject-access';
import type { PeopleParts } from '../parts';
import { errorsOf, idOf } from './shown';

/** The people of the vault: finding, reading, giving them what is held about them, erasing. */
export function peoplePages(parts: () => PeopleParts): readonly Page[] {
  const person = (by: Actor, id: string): Promise<ShownPerson> => readPerson(parts(), by.id, id);
  return [
    {
      method: 'get',
      path: '/people',
      permission: 'people:read',
      show: async ({ query, actor }) => {
        const name = query['name'] ?? '';
        const matches = name === '' ? [] : await findPeople(parts(), actor.id, name);
        return { view: 'people', context: { name, matches } };
      },
    },
    {
      method: 'get',
      path: '/people/{id}',
      permission: 'people:read',
      show: async ({ params, actor }) => ({
        view: 'person',
        context: { person: await person(actor, idOf(params)) },
      }),
    },
    {
      method: 'get',
      path: '/people/{id}/export',
      permission: 'people:export',
      show: async ({ params, actor }) => {
        const id = idOf(params);
        return { json: await subjectAccess(parts(), actor.id, id), filename: `person-${id}.json` };
      },
    },
    {
      method: 'get',
      path: '/people/{id}/erase',
      permission: 'people:erase',
      show: async ({ params, actor }) => ({
        view: 'erase',
        context: { person: await person(actor, idOf(params)) },
      }),
    },
    {
      method: 'post',
      path: '/people/{id}/erase',
      permission: 'people:erase',
      show: async ({ params, form, actor }) => {
        const id = idOf(params);
        if (form['sure'] !== 'yes')
          return {
            view: 'erase',
            context: {
              person: await person(actor, id),
              errors: [{ text: 'Say that you are sure: this cannot be undone', field: 'sure' }],
            },
            status: 422,
          };
        try {
          await erasePerson(parts(), actor.id, id);
          return { redirect: `/people/${id}` };
        } catch (error) {
          return {
            view: 'erase',
            context: { person: await person(actor, id), errors: errorsOf(error) },
            status: 409,
          };
        }
      },
    },
  ];
}
