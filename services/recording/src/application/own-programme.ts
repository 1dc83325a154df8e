import type { Programmes } from '@ledger/access';
import type { Catalogue } from '@ledger/domain';
import type { LedgerEvent } from '@ledger/events';

/** A record of a programme that the user does not work for (E7). */
export class NotYourProgrammeError extends Error {
  readonly code = 'NOT_YOUR_PROGRAMME';
  constructor(
    readonly path: string,
    problem: string,
  ) {
    super(problem);
    this.name = 'NotYourProgrammeError';
  }
}

/**
 * Programme editors write the records of their own programmes only. A record of no offer (a figure brought forward,
 * a metric of the whole sector) is of no programme, and needs an editor of all. A rating is of the programme of what
 * was agreed.
 * @throws NotYourProgrammeError
 */
export function checkOwnProgramme(
  catalogue: Catalogue,
  programmes: Programmes,
  contents: readonly LedgerEvent[],
  path: string,
): void {
  if (programmes === 'all') return;
  for (const { type, data } of contents) {
    if (type === 'DeliverableRated') continue;
    const id = 'offer' in data ? data.offer : undefined;
    const offer = id === undefined ? undefined : catalogue.offers.get(id);
    // An offer that nobody declared is refused by its own rule, in words that help more.
    if (id !== undefined && offer === undefined) continue;
    if (offer !== undefined && programmes.includes(offer.programme)) continue;
    const label = offer === undefined ? undefined : catalogue.programmes.get(offer.programme)?.label;
    throw new NotYourProgrammeError(
      path,
      label === undefined
        ? 'A record of no offer belongs to no programme; only an editor of all programmes may write it.'
        : `This is a record of the programme “${label}”, which is not one of yours. An administrator can add it.`,
    );
  }
}
