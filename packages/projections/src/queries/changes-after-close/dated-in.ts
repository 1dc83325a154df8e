import { financialYearSpan, quarterSpan } from '@ledger/calendar';
import {
  claimChangedIn,
  contentsChanged,
  isThingKind,
  newThing,
  spanOfContent,
  yearsDated,
} from '@ledger/domain';
import { parseStream, type LedgerEvent } from '@ledger/events';
import type { Asking, Ground } from '../asking';
import { foldEvents, readEvents } from '../log-streams';
import type { AppendedEvent } from './appends';
import type { PartOfYear } from './year-figures';

/** Whether a content is of a part of a year: dated in its quarter, and of an offer of its programme. */
function isOfPart(
  event: LedgerEvent,
  offer: string | undefined,
  year: number,
  { quarter, programme }: PartOfYear,
  ground: Ground,
): boolean {
  const { from, to } = quarter === undefined ? financialYearSpan(year) : quarterSpan(year, quarter);
  const span = spanOfContent(event);
  const dated =
    quarter === undefined
      ? // A membership goes on: it is dated in this year if it began before its end.
        yearsDated(event, to).includes(year)
      : span !== undefined && span.from <= to && from <= span.to;
  if (programme === undefined) return dated;
  return dated && ground.catalogue.offers.get(offer ?? '')?.programme === programme;
}

/** Whether an event changes contents of a record that are of the part of the year. */
export async function isDatedIn(
  asking: Asking,
  { recorded, body }: AppendedEvent,
  { year, part = {} }: { readonly year: number; readonly part?: PartOfYear },
  ground: Ground,
): Promise<boolean> {
  const parsed = parseStream(body.stream);
  if (parsed === undefined || !isThingKind(parsed.kind)) return false;
  const events = await readEvents(asking.log, body.stream, Number(recorded.position));
  const before = foldEvents(events.slice(0, -1)) ?? newThing(parsed.kind, parsed.id);
  const after = foldEvents(events.slice(-1), before);
  if (after === undefined) return false;
  // A rating is of the offer of what was agreed.
  const [first] = after.contents;
  const offerOf = ({ data }: LedgerEvent): string | undefined => ('offer' in data ? data.offer : undefined);
  const ofContents = contentsChanged(before, after).some(({ event }) =>
    isOfPart(event, offerOf(event) ?? (first && offerOf(first.event)), year, part, ground),
  );
  if (ofContents || first === undefined) return ofContents;
  // What is delivered, verified or lapsed is of a year, and of no quarter of it.
  const { quarter, programme } = part;
  const ofProgramme =
    programme === undefined ||
    ground.catalogue.offers.get(offerOf(first.event) ?? '')?.programme === programme;
  return quarter === undefined && ofProgramme && claimChangedIn(before, after, year);
}
