import { Selection, type Catalogue, type Measure } from '@ledger/domain';
import type { WantedLines } from '../lines/line-reader';
import type { SelectedLines } from '../lines/selected-lines';
import type { Manner, Sheet } from '../lines/sheet';
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

function namedOffers({ offers, programmes, peerChallenge }: Selection): readonly unknown[] {
  return [offers, programmes, peerChallenge];
}

const ownParameters = new Set(Object.keys(Selection.shape));

/** What was read from parameters: those of a measure never change, and every question reads those of all measures. */
const readSelections = new WeakMap<object, ReturnType<typeof Selection.safeParse>>();

function readSelection({ parameters }: Pick<Measure, 'parameters'>): ReturnType<typeof Selection.safeParse> {
  let read = readSelections.get(parameters);
  if (read === undefined) {
    const own = Object.entries(parameters).filter(([name]) => ownParameters.has(name));
    read = Selection.safeParse(Object.fromEntries(own));
    readSelections.set(parameters, read);
  }
  return read;
}

/**
 * The selection of a measure's parameters; a rule may have parameters of its own beside it.
 * @throws ZodError where there is none in them
 */
export function selectionOf(measure: Pick<Measure, 'parameters'>): Selection {
  const read = readSelection(measure);
  if (!read.success) throw read.error;
  return read.data;
}

/** The selection of a measure's parameters, where there is one in them. */
export function selectionIn(measure: Pick<Measure, 'parameters'>): Selection | undefined {
  return readSelection(measure).data;
}

/** What narrows a selection further. */
export interface Narrowed extends Pick<WantedLines, 'days' | 'when'> {
  /** Only sheets of these financial years; null for those whose year is not known. */
  readonly years?: readonly (number | null)[];
  /** Only sheets that fit; the name says which those are. */
  readonly sheets?: { readonly name: string; readonly fits: (sheet: Sheet) => boolean };
}

/** The standing lines of a selection as recorded by the ground's position, of all time unless narrowed. */
export async function selectLines(
  asking: Asking,
  ground: Ground,
  selection: Selection,
  narrowed: Narrowed = {},
): Promise<SelectedLines> {
  const offers = offersOf(selection, ground.catalogue);
  const { kinds, events, roles, subjects, councilsOnly = false } = selection;
  const { years, days, when, sheets: own } = narrowed;
  await asking.lines.index.refresh(ground.upTo);
  const manner = ({ role, subject }: Manner): boolean =>
    (roles === undefined || role === null || roles.some((one) => one === role)) &&
    (subjects === undefined || (subject !== null && subjects.includes(subject)));
  return asking.lines.select(
    {
      sheets: {
        kinds,
        years,
        fits: (sheet) =>
          (own === undefined || own.fits(sheet)) &&
          (events === undefined || sheet.kind === 'earlier' || events.includes(sheet.event)) &&
          (offers === undefined || (sheet.offer !== null && offers.has(sheet.offer))),
        name: JSON.stringify([kinds, years, events, own?.name, namedOffers(selection)]),
        // Only where offers are asked about does the catalogue say which sheets fit.
        on: offers === undefined ? undefined : ground.catalogue,
      },
      ...((roles !== undefined || subjects !== undefined) && { manner }),
      // An activity keeps its body for ever: a council of the register counts, whenever it existed.
      ...(councilsOnly && { bodies: asking.councils(ground) }),
      ...(days !== undefined && { days }),
      ...(when !== undefined && { when }),
      seen: ground.seen,
    },
    ground.upTo,
  );
}
