import type { Clock } from '@ledger/event-log';

/**
 * The clock of the log's writer, which is never earlier than the last seal: an event recorded after a seal says so,
 * also where the clock of the machine is put back.
 */
export class ClockAfterSeals {
  #floor = Number.NEGATIVE_INFINITY;

  constructor(readonly machine: Clock) {}

  readonly now = (): number => Math.max(this.machine(), this.#floor);

  /** From now on nothing is earlier than an instant (milliseconds since 1970, UTC). */
  raise(instant: number): void {
    this.#floor = Math.max(this.#floor, instant);
  }
}
