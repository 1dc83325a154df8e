import type { ServerWritableStream } from '@grpc/grpc-js';
import { StreamIdentifier, UUID } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb';
import { ReadReq, ReadResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb';
import type { Behaviour } from './faults';
import type { Kept } from './kept';
import { refusals } from './refusals';
import { nameOf } from './serve-appends';
import type { StrictStore } from './strict-store';

type Call = ServerWritableStream<ReadReq, ReadResp>;

/** How a subscription looks for what it sends. */
interface Selection {
  readonly events: () => readonly Kept[];
  readonly wanted: (kept: Kept) => boolean;
  /** Where in `events` to begin. */
  readonly from: number;
  readonly filtered: boolean;
}

function recorded(kept: Kept): ReadResp {
  const event = new ReadResp.ReadEvent.RecordedEvent();
  const id = new UUID();
  id.setString(kept.id);
  const identifier = new StreamIdentifier();
  identifier.setStreamName(Buffer.from(kept.stream).toString('base64'));
  event.setId(id);
  event.setStreamIdentifier(identifier);
  event.setStreamRevision(String(kept.revision));
  // Of a write in one go both are the place of the record. Source: IndexReader on self-committed prepares.
  event.setPreparePosition(String(kept.position));
  event.setCommitPosition(String(kept.position));
  const properties = event.getMetadataMap();
  properties.set('type', kept.type);
  properties.set('created', kept.created);
  properties.set('content-type', kept.isJson ? 'application/json' : 'application/octet-stream');
  event.setCustomMetadata(kept.metadata);
  event.setData(kept.data);
  const read = new ReadResp.ReadEvent();
  read.setEvent(event);
  read.setCommitPosition(String(kept.position));
  const response = new ReadResp();
  response.setEvent(read);
  return response;
}

/** Whether an event is of those that the filter lets through. Source: EventFilter: prefixes of stream or type. */
function filterOf(options: ReadReq.Options): (kept: Kept) => boolean {
  const filter = options.getFilter();
  if (filter === undefined) return () => true;
  // Source: AllSubscriptionFiltered: an interval of nothing is refused.
  if (filter.getCheckpointintervalmultiplier() === 0)
    throw refusals.invalid('CheckpointInterval must be > 0');
  const expression = filter.getStreamIdentifier() ?? filter.getEventType();
  const prefixes = expression?.getPrefixList() ?? [];
  if (prefixes.length === 0) throw refusals.invalid('Only filters by prefixes are served here.');
  const ofStream = filter.hasStreamIdentifier();
  return ({ stream, type }) => prefixes.some((prefix) => (ofStream ? stream : type).startsWith(prefix));
}

function allSelection(store: StrictStore, options: ReadReq.Options): Selection {
  const all = options.getAll();
  const position = all?.getPosition();
  const after = position === undefined ? -1 : Number(position.getCommitPosition());
  const subscribing = options.hasSubscription();
  const events = (): readonly Kept[] => store.all;
  // A subscription begins after the position, a read with it. Source: AllSubscriptionFiltered.CatchUp; Enumerator.ReadAllForwards.
  const found = store.all.findIndex((kept) => (subscribing ? kept.position > after : kept.position >= after));
  const from = all?.hasEnd() === true || found < 0 ? store.all.length : found;
  // A position that is none of the file's is refused where it lies behind the end. Source: ReadResponseException.InvalidPosition.
  if (after > (store.all.at(-1)?.position ?? 0)) throw refusals.invalid('Invalid position');
  return { events, wanted: filterOf(options), from, filtered: options.hasFilter() };
}

function streamSelection(store: StrictStore, options: ReadReq.Options): Selection {
  const stream = options.getStream();
  const name = nameOf(stream?.getStreamIdentifier());
  const events = (): readonly Kept[] => store.stream(name) ?? [];
  const subscribing = options.hasSubscription();
  const revision = stream?.hasRevision() === true ? Number(stream.getRevision()) : undefined;
  const from = revision === undefined ? 0 : subscribing ? revision + 1 : revision;
  return {
    events,
    wanted: () => true,
    from: stream?.hasEnd() === true ? events().length : from,
    filtered: false,
  };
}

/** Streams.Read: reads and subscriptions, of a stream and of $all. Source: Streams.Read.cs and the enumerators. */
export function serveRead(store: StrictStore, behaviour: Behaviour) {
  return (call: Call): void => {
    behaviour.calls.read++;
    const options = call.request.getOptions();
    if (options === undefined) return void call.emit('error', refusals.invalid('Options are missing.'));
    try {
      const selection = options.hasAll() ? allSelection(store, options) : streamSelection(store, options);
      if (options.hasSubscription()) new ServedSubscription(store, behaviour, call, selection).run();
      else readOnce(store, call, options, selection);
    } catch (error) {
      // Not by destroying it: then the client would never be told.
      call.emit('error', error);
    }
  };
}

function readOnce(
  store: StrictStore,
  call: Call,
  options: ReadReq.Options,
  { events, wanted, from }: Selection,
): void {
  const name = nameOf(options.getStream()?.getStreamIdentifier());
  if (options.hasStream() && store.stream(name) === undefined) {
    const notFound = new ReadResp.StreamNotFound();
    const identifier = new StreamIdentifier();
    identifier.setStreamName(Buffer.from(name).toString('base64'));
    notFound.setStreamIdentifier(identifier);
    const response = new ReadResp();
    response.setStreamNotFound(notFound);
    call.write(response);
    return void call.end();
  }
  const backwards = options.getReadDirection() === ReadReq.Options.ReadDirection.BACKWARDS;
  const chosen = backwards ? [...events()].reverse() : events().slice(from);
  for (const kept of chosen.filter(wanted).slice(0, Number(options.getCount()))) call.write(recorded(kept));
  call.end();
}

/** One subscription: everything after where it began, then what comes, as fast as it is taken. */
class ServedSubscription {
  #next: number;
  #live = false;
  #running = false;

  constructor(
    readonly store: StrictStore,
    readonly behaviour: Behaviour,
    readonly call: Call,
    readonly selection: Selection,
  ) {
    this.#next = selection.from;
  }

  run(): void {
    if (!this.behaviour.faults.stallReads) {
      const confirmed = new ReadResp();
      const confirmation = new ReadResp.SubscriptionConfirmation();
      confirmation.setSubscriptionId('served');
      confirmed.setConfirmation(confirmation);
      this.call.write(confirmed);
    }
    const stop = this.store.onGrowth(() => void this.#send());
    const looking = setInterval(() => void this.#send(), 20);
    this.behaviour.subscriptions.add(this);
    const end = (): void => {
      stop();
      clearInterval(looking);
      this.behaviour.subscriptions.delete(this);
    };
    this.call.on('cancelled', end);
    this.call.on('close', end);
    this.call.on('error', end);
    void this.#send();
  }

  /** Ends it as a node does that goes away. */
  drop(): void {
    this.call.emit('error', refusals.unavailable());
  }

  async #send(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      await this.#sendAll();
    } finally {
      this.#running = false;
    }
  }

  async #sendAll(): Promise<void> {
    const { faults } = this.behaviour;
    if (faults.stallReads) return;
    for (;;) {
      const kept = this.selection.events()[this.#next];
      if (this.call.cancelled || this.behaviour.faults.stallReads) return;
      if (kept === undefined) break;
      this.#next++;
      if (!this.selection.wanted(kept)) continue;
      if (faults.slowReadsMs > 0) await new Promise((resolve) => setTimeout(resolve, faults.slowReadsMs));
      if (!this.call.write(recorded(kept))) await this.#drained();
    }
    if (!this.#live) this.#goLive();
  }

  async #drained(): Promise<void> {
    await new Promise<void>((resolve) => {
      const go = (): void => {
        this.call.off('drain', go);
        this.call.off('cancelled', go);
        resolve();
      };
      this.call.on('drain', go);
      this.call.on('cancelled', go);
    });
  }

  /** Source: AllSubscriptionFiltered.GoLive: a checkpoint where there is a filter, then that it has caught up. */
  #goLive(): void {
    this.#live = true;
    const last = this.store.all[this.#next - 1];
    if (this.selection.filtered && last !== undefined) {
      const checkpoint = new ReadResp.Checkpoint();
      checkpoint.setCommitPosition(String(last.position));
      checkpoint.setPreparePosition(String(last.position));
      const response = new ReadResp();
      response.setCheckpoint(checkpoint);
      this.call.write(response);
    }
    const response = new ReadResp();
    response.setCaughtUp(new ReadResp.CaughtUp());
    this.call.write(response);
  }
}
