import { Selection, type Catalogue, type Measure, type StandingLine } from '@ledger/domain';
import type { Member, Sheet } from '../lines/sheet';
import type { Asking, Ground } from './asking';

/** The offers a selection reads, or undefined for all. */
export function offersOf(selection: Selection, catalogue: Catalogue): ReadonlySet<string> | undefined {
  const { offers, programmes, peerChallenge } = selection;
  if (offers === undefined && programmes === undefined && peerChallenge === undefined) return undefined;
  const fits = [...catalogue.offers.values()].filter(
    (offer) =>
      (offers === undefined || offers.includes(offer.id)) &&
      (programmes === undefined || programmes.includes(offer.programme)) &&
      (peerChallenge === undefined || offer.peerChallenge === peerChallenge),
  );
  return new Set(fits.map(({ id }) => id));
}

/** The selection of a measure's parameters; a rule may have parameters of its own beside it. */
export function selectionOf(measure: Pick<Measure, 'parameters'>): Selection {
  const own = Object.keys(Selection.shape);
  return Selection.parse(
    Object.fromEntries(Object.entries(measure.parameters).filter(([name]) => own.includes(name))),
  );
}

/** The standing lines of a selection as recorded by the ground's position, of all time. */
export async function selectLines(
  asking: Asking,
  ground: Ground,
  selection: Selection,
): Promise<StandingLine[]> {
  const offers = offersOf(selection, ground.catalogue);
  const { kinds, events, roles, subjects, councilsOnly = false } = selection;
  // A body counts as a council of the register whenever it existed; an activity keeps its body for ever.
  const isCouncil = (body: string | null): boolean =>
    body !== null && ground.register.body(body)?.kind === 'council';
  return asking.lines.standing(
    {
      sheet: (sheet: Sheet) =>
        kinds.some((kind) => kind === sheet.kind) &&
        (events === undefined || sheet.kind === 'earlier' || events.includes(sheet.event)) &&
        (offers === undefined || (sheet.offer !== null && offers.has(sheet.offer))),
      member: (member: Member) =>
        (roles === undefined || member.role === null || roles.some((role) => role === member.role)) &&
        (subjects === undefined || (member.subject !== null && subjects.includes(member.subject))) &&
        (!councilsOnly || isCouncil(member.body)),
    },
    ground.upTo,
  );
}
