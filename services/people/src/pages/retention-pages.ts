import type { Page } from '@ledger/http';
import { keepToRetention, retentionDue } from '../application/retention';
import type { PeopleParts } from '../parts';

/** Retention periods, and the audit file. */
export function retentionPages(parts: () => PeopleParts): readonly Page[] {
  return [
    {
      method: 'get',
      path: '/retention',
      permission: 'people:erase',
      show: async () => ({ view: 'retention', context: { due: await retentionDue(parts()) } }),
    },
    {
      method: 'post',
      path: '/retention',
      permission: 'people:erase',
      show: async ({ actor }) => {
        const done = await keepToRetention(parts(), actor.id);
        return { view: 'retention', context: { due: await retentionDue(parts()), done } };
      },
    },
    {
      method: 'get',
      path: '/audit',
      permission: 'audit:read',
      show: async ({ actor }) => {
        const { audit } = parts();
        audit.add({ actor: actor.id, what: 'audit-read' });
        return { view: 'audit', context: { entries: await audit.newest(200) } };
      },
    },
  ];
}
