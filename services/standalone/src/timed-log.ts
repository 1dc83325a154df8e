import type {
  AppendCommand,
  AppendRequest,
  AppendResult,
  CaughtUp,
  EventLog,
  LogLimits,
  ReadOptions,
  PageRequest,
  RecordedEvent,
} from '@ledger/event-log';

/** Times an append of events with a correlation id, whether it is taken or refused. */
export type TimeAppend = <T>(append: () => Promise<T>, correlation: string) => Promise<T>;

/** A log whose appends are timed; in everything else it is the log that it is given. */
export class TimedLog implements EventLog {
  constructor(
    readonly log: EventLog,
    readonly time: TimeAppend,
  ) {}

  async append(request: AppendRequest): Promise<AppendResult> {
    return this.time(async () => this.log.append(request), request.correlationId);
  }

  get limits(): LogLimits {
    return this.log.limits;
  }

  get failure(): Error | undefined {
    return this.log.failure;
  }

  findCommand(command: Pick<AppendCommand, 'actor' | 'scope' | 'key'>): ReturnType<EventLog['findCommand']> {
    return this.log.findCommand(command);
  }

  readAll(options?: ReadOptions): AsyncIterable<RecordedEvent> {
    return this.log.readAll(options);
  }

  readPage(page: PageRequest): Promise<readonly RecordedEvent[]> {
    return this.log.readPage(page);
  }

  readStream(stream: string, options?: ReadOptions): AsyncIterable<RecordedEvent> {
    return this.log.readStream(stream, options);
  }

  streamRevision(stream: string): Promise<bigint | undefined> {
    return this.log.streamRevision(stream);
  }

  head(): ReturnType<EventLog['head']> {
    return this.log.head();
  }

  positionAt(instant: string): Promise<bigint> {
    return this.log.positionAt(instant);
  }

  async positionOfCursor(cursor: string): Promise<bigint> {
    return this.log.positionOfCursor(cursor);
  }

  subscribe(options: {
    readonly after: bigint;
    readonly signal?: AbortSignal;
  }): AsyncIterable<RecordedEvent | CaughtUp> {
    return this.log.subscribe(options);
  }

  async close(): Promise<void> {
    await this.log.close();
  }
}
