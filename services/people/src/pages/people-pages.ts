import type { Page } from '@ledger/http';
import { erasePerson } from '../application/erasure';
import { subjectAccess } from '../application/subject-access';
import type { PeopleParts } from '../parts';
import { errorsOf, idOf, shownPerson } from './shown';

/** The people of the vault: finding, reading, giving them what is held about them, erasing. */
export function peoplePages(parts: () => PeopleParts): readonly Page[] {
  const person = (id: string): Promise<Readonly<Record<string, unknown>>> => shownPerson(parts().vault, id);
  return [
    {
      method: 'get',
      path: '/people',
      permission: 'people:read',
      show: async ({ query, actor }) => {
        const { vault, audit } = parts();
        const name = query['name'] ?? '';
        const matches = name === '' ? [] : await vault.people.find(name);
        if (name !== '')
          audit.add({
            actor: actor.id,
            what: 'people-searched',
            about: matches.map((match) => match.person.id),
          });
        return { view: 'people', context: { name, matches } };
      },
    },
    {
      method: 'get',
      path: '/people/{id}',
      permission: 'people:read',
      show: async ({ params, actor }) => {
        const id = idOf(params);
        const shown = await person(id);
        parts().audit.add({ actor: actor.id, what: 'person-read', about: [id] });
        return { view: 'person', context: { person: shown } };
      },
    },
    {
      method: 'get',
      path: '/people/{id}/export',
      permission: 'people:export',
      show: async ({ params, actor }) => {
        const { log, vault, audit } = parts();
        const id = idOf(params);
        const found = await subjectAccess(log, vault, id);
        audit.add({ actor: actor.id, what: 'person-exported', about: [id] });
        return { json: found, filename: `person-${id}.json` };
      },
    },
    {
      method: 'get',
      path: '/people/{id}/erase',
      permission: 'people:erase',
      show: async ({ params }) => ({ view: 'erase', context: { person: await person(idOf(params)) } }),
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
              person: await person(id),
              errors: [{ text: 'Say that you are sure: this cannot be undone', field: 'sure' }],
            },
            status: 422,
          };
        try {
          await erasePerson(parts().erasure, actor.id, id);
          return { redirect: `/people/${id}` };
        } catch (error) {
          return {
            view: 'erase',
            context: { person: await person(id), errors: errorsOf(error) },
            status: 409,
          };
        }
      },
    },
  ];
}
