import { may, type Actor, type Permission } from '@ledger/access';
import type { Shell } from '@ledger/http';
import { nameOfPerson } from '@ledger/people';
import type { AskedLedger } from './served-ledger';

const navigation: readonly { readonly href: string; readonly label: string; readonly needs: Permission }[] = [
  { href: '/record', label: 'Record', needs: 'records:write' },
  { href: '/imports', label: 'Imports', needs: 'records:write' },
  { href: '/records', label: 'Records', needs: 'records:read' },
  { href: '/annual-totals', label: 'Annual totals', needs: 'figures:read' },
  { href: '/savings', label: 'Savings', needs: 'figures:read' },
  { href: '/claims', label: 'Claims', needs: 'records:read' },
  { href: '/take-up', label: 'Take-up', needs: 'figures:read' },
  { href: '/deliverables', label: 'Deliverables', needs: 'figures:read' },
  { href: '/periods', label: 'Periods', needs: 'figures:read' },
  { href: '/publications', label: 'Publications', needs: 'figures:read' },
  { href: '/seals', label: 'Seals', needs: 'reference:read' },
  { href: '/people', label: 'People', needs: 'people:read' },
  { href: '/retention', label: 'Retention', needs: 'people:erase' },
  { href: '/users', label: 'Users', needs: 'users:manage' },
  { href: '/audit', label: 'Audit file', needs: 'audit:read' },
];

/** What every page shows around its content: only what the one who looks at it may use. */
export function shellOf(open: () => AskedLedger): Shell {
  return async (actor: Actor) => {
    const { purpose, vault, models } = open();
    const demonstration = purpose === 'demonstration';
    return {
      demonstration,
      standing: may(actor, 'reference:read')
        ? {
            ...(await models.queries.standing()),
            underWay: models.underWay,
            failed: models.failed,
            mayLook: may(actor, 'ledger:check'),
          }
        : null,
      nav: navigation.filter(({ needs, href }) => may(actor, needs) && !(demonstration && href === '/users')),
      can: {
        export: may(actor, 'people:export'),
        erase: may(actor, 'people:erase'),
        publish: may(actor, 'figures:publish'),
      },
      user:
        actor.id === ''
          ? null
          : {
              label: demonstration
                ? `You look as: ${actor.label ?? ''}.`
                : `Signed in as ${await nameOfPerson(vault, actor.id)}.`,
              demonstration,
            },
    };
  };
}
