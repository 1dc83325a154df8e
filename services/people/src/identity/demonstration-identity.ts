import { cookiesOf, ProblemError, type Identify } from '@ledger/http';
import {
  actorOfDemonstration,
  demonstrationUser,
  demonstrationUsers,
  usualUser,
} from '../demonstration-users';

/** The cookie that holds whom a visitor of a demonstration has chosen to be. */
export const visitorCookie = 'ledger_visitor';

/** In a demonstration the visitor says who he or she is: by header, or by the choice kept in a cookie. */
export const identifyVisitor: Identify = async (request) => {
  const name = request.get('Ledger-User') ?? cookiesOf(request)[visitorCookie] ?? usualUser;
  const user = demonstrationUser(name);
  if (user === undefined)
    throw new ProblemError(
      403,
      'UNKNOWN_USER',
      `There is no demonstration user “${name.slice(0, 60)}”. Users are: ${demonstrationUsers.map((one) => one.name).join(', ')}.`,
    );
  return actorOfDemonstration(user);
};
