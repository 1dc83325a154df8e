import type { Answer, ServedLedger } from '../served-ledger';
import { eventsOf, type AnsweredEvent, type RecordingRequest, type RequestMaker } from './requests';

/** Clients that record one request after another, until the server is gone or they are stopped. */
export class Load {
  readonly sent: RecordingRequest[] = [];
  readonly unanswered = new Set<RecordingRequest>();
  readonly answered: AnsweredEvent[] = [];
  /** Answers that were no success, and what they said. */
  readonly refused: string[] = [];
  #acknowledged = 0;
  #running: Promise<unknown> = Promise.resolve();
  #stopped = false;
  #wake: () => void = () => undefined;

  constructor(readonly maker: RequestMaker) {}

  /** Lets clients begin; those of a server that is gone have ended by then. */
  begin(ledger: ServedLedger, clients: number): void {
    this.#stopped = false;
    this.#running = Promise.all(Array.from({ length: clients }, () => this.#client(ledger)));
  }

  async #client(ledger: ServedLedger): Promise<void> {
    while (!this.#stopped) {
      const request = this.maker.next();
      this.sent.push(request);
      this.unanswered.add(request);
      if (!(await this.send(ledger, request))) return;
    }
  }

  /** Sends a request, for the first time or again; false where the server is gone. */
  async send(ledger: ServedLedger, request: RecordingRequest): Promise<boolean> {
    let answer: Answer;
    try {
      answer = await ledger.post(request.path, request.body, request.key);
    } catch {
      this.#wake();
      return false;
    }
    // 201 the first time, 200 for what was recorded and could not be answered any more.
    if (answer.status !== 201 && answer.status !== 200) {
      this.refused.push(`${request.key}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return true;
    }
    this.unanswered.delete(request);
    this.answered.push(...eventsOf(answer));
    this.maker.acknowledged(request);
    this.#acknowledged += 1;
    this.#wake();
    return true;
  }

  /** Resolves when so many more requests were answered, or the server is gone. */
  async answering(count: number): Promise<void> {
    const wanted = this.#acknowledged + count;
    while (this.#acknowledged < wanted && !this.#stopped)
      await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  /** Resolves when what was being sent is answered. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }
}
