import { join } from 'node:path';
import { may } from '@ledger/access';
import type { Page } from '@ledger/http';
import { viewsIn, type Render } from '@ledger/pages';
import type { SealParts } from '../parts';

/** What made a checkpoint, in words. */
const reasons = {
  asked: 'somebody asked',
  interval: 'it was time',
  period: 'a period closed',
  publication: 'figures were published',
  key: 'the key changed',
} as const;

/** The page of the seals. */
export function sealPages(parts: () => SealParts): {
  readonly pages: readonly Page[];
  readonly render: Render;
} {
  const pages: readonly Page[] = [
    {
      method: 'get',
      path: '/seals',
      permission: 'reference:read',
      show: async ({ actor }) => {
        const standing = await parts().notary.standing();
        const newest = standing.newest.map((one) => ({ ...one, because: reasons[one.reason] }));
        return { view: 'seals', context: { standing, newest, maySeal: may(actor, 'seals:make') } };
      },
    },
    {
      method: 'post',
      path: '/seals',
      permission: 'seals:make',
      show: async () => {
        await parts().notary.seal();
        return { redirect: '/seals' };
      },
    },
  ];
  return { pages, render: viewsIn(join(__dirname, '..', '..', 'views')) };
}
