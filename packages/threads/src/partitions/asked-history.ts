import type { RecordedEvent } from '@ledger/event-log';
import { eventsOfEach, type StepHistory } from '@ledger/projections';

/** Earlier events, which another thread is asked for. It keeps what it was told until the next step. */
export class AskedHistory implements StepHistory {
  #told = new Map<string, readonly RecordedEvent[]>();

  /** @param ask resolves with the events of some streams, in order, those of the step being folded among them */
  constructor(readonly ask: (streams: readonly string[]) => Promise<readonly RecordedEvent[]>) {}

  async fetch(streams: readonly string[]): Promise<void> {
    this.#told = new Map();
    if (streams.length > 0) await this.#learn(streams);
  }

  async *before(stream: string, revision: bigint): AsyncIterable<RecordedEvent> {
    if (!this.#told.has(stream)) await this.#learn([stream]);
    for (const event of this.#told.get(stream) ?? []) if (event.revision < revision) yield event;
  }

  async #learn(streams: readonly string[]): Promise<void> {
    const told = eventsOfEach(streams, await this.ask(streams));
    for (const [stream, events] of told) this.#told.set(stream, events);
  }
}
