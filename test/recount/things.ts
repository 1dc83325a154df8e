import { newStory, tell, tellRevised, type ClaimStory } from './claims';
import type { ExportedEvent } from './exported-event';
import {
  asObject,
  objectAt,
  objectsAt,
  textAt,
  textOrNull,
  UnexpectedJsonError,
  wholeAt,
  wholeOrNull,
  type JsonObject,
} from './json';

/** One content event as it reads after all corrections of it. */
export interface Content {
  readonly id: string;
  readonly type: string;
  data: JsonObject;
  withdrawn: boolean;
}

/** What one activity, claim, observation or deliverable says. */
export interface Thing {
  readonly stream: string;
  readonly contents: Content[];
  withdrawn: boolean;
  mergedInto: string | null;
  /** Of a claim: what happened to it since. */
  readonly story: ClaimStory;
}

const kindsOfThing = ['activity-', 'claim-', 'observation-', 'deliverable-'];

/** Version 1 gave the days of peers whole; they are hundredths now. */
function inHundredths(data: JsonObject): JsonObject {
  if (data['team'] === undefined) return data;
  const team = objectsAt(data, 'team').map((peer) => {
    const { days: _days, ...rest } = peer;
    const days = wholeOrNull(peer, 'days');
    return days === null ? rest : { ...rest, daysHundredths: days * 100 };
  });
  return { ...data, team };
}

function contentOf(type: string, schemaVersion: number, data: JsonObject): JsonObject {
  return type === 'PeerChallengeDelivered' && schemaVersion === 1 ? inHundredths(data) : data;
}

function contentNamed(thing: Thing, id: string): Content {
  for (const content of thing.contents) if (content.id === id) return content;
  throw new UnexpectedJsonError(`The event ${id}`, `a content event of ${thing.stream}`);
}

/** Withdrawn or reinstated: one content event where one is named, else the whole thing. */
function setWithdrawn(thing: Thing, named: string | null, withdrawn: boolean): void {
  if (named === null) thing.withdrawn = withdrawn;
  else contentNamed(thing, named).withdrawn = withdrawn;
}

function apply(thing: Thing, event: ExportedEvent): void {
  const data = asObject(event.data, `The data of ${event.id}`);
  switch (event.type) {
    case 'ActivityCorrected':
    case 'ObservationCorrected':
    case 'DeliverableCorrected':
      contentNamed(thing, textAt(data, 'corrects')).data = contentOf(
        textAt(data, 'type'),
        wholeAt(data, 'schemaVersion'),
        objectAt(data, 'content'),
      );
      break;
    case 'ActivityWithdrawn':
    case 'ObservationWithdrawn':
    case 'DeliverableWithdrawn':
      setWithdrawn(thing, textOrNull(data, 'withdraws'), true);
      break;
    case 'ActivityReinstated':
    case 'ObservationReinstated':
    case 'DeliverableReinstated':
      setWithdrawn(thing, textOrNull(data, 'reinstates'), false);
      break;
    case 'ActivityMergedInto':
      thing.mergedInto = textAt(data, 'survivor');
      break;
    case 'MergeUndone':
      if (thing.mergedInto === textAt(data, 'other')) thing.mergedInto = null;
      break;
    case 'MergeAccepted':
      break;
    case 'ClaimRevised': {
      const [opened] = thing.contents;
      if (opened === undefined) throw new UnexpectedJsonError(thing.stream, 'a claim that was opened');
      opened.data = objectAt(data, 'content');
      tellRevised(thing.story);
      break;
    }
    case 'ClaimWithdrawn':
      thing.withdrawn = true;
      break;
    default:
      if (thing.stream.startsWith('claim-') && event.type !== 'SavingsRecorded') {
        tell(thing.story, event.type, data);
        break;
      }
      thing.contents.push({
        id: event.id,
        type: event.type,
        data: contentOf(event.type, event.schemaVersion, data),
        withdrawn: false,
      });
  }
}

/** A content event that counts: of a thing neither withdrawn nor merged away, and not withdrawn itself. */
export interface StandingContent {
  readonly stream: string;
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  /** Of a claim: what happened to it since. */
  readonly story: ClaimStory;
}

/** Reads every stream of a thing from its beginning. Events come in the order of their positions. */
export function thingsOf(events: readonly ExportedEvent[]): Thing[] {
  const things = new Map<string, Thing>();
  for (const event of events) {
    if (!kindsOfThing.some((kind) => event.stream.startsWith(kind))) continue;
    const thing = things.get(event.stream) ?? {
      stream: event.stream,
      contents: [],
      withdrawn: false,
      mergedInto: null,
      story: newStory(),
    };
    things.set(event.stream, thing);
    apply(thing, event);
  }
  return [...things.values()];
}

/** What counts of the things. */
export function standing(things: readonly Thing[]): StandingContent[] {
  const contents: StandingContent[] = [];
  for (const { stream, withdrawn, mergedInto, contents: all, story } of things) {
    if (withdrawn || mergedInto !== null) continue;
    for (const content of all) if (!content.withdrawn) contents.push({ ...content, stream, story });
  }
  return contents;
}
