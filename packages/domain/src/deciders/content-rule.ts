import type { LedgerEvent } from '@ledger/events';
import type { DecisionContext } from './decision';
import type { Fault } from './refusal';

/** A rule about what a record says. The same table serves form, import, API and CLI (A4). */
export interface ContentRule {
  readonly id: string;
  readonly level: 'error' | 'warning';
  /** The faults it finds; paths are relative to the event's data. */
  readonly check: (event: LedgerEvent, context: DecisionContext) => readonly Omit<Fault, 'code'>[];
}
