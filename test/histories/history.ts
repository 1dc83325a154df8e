import { changeCatalogue, declareCatalogue } from './catalogue-steps';
import { HistoryWriter, type HistoryEvent } from './history-writer';
import { Random } from './random';
import { RecordSteps } from './record-steps';
import { RegisterSteps } from './register-steps';
import { newWorld, type World } from './world';

/** A made-up ledger from its first event. */
export interface History {
  readonly seed: number;
  /** In the order of their positions, which begin at 1. */
  readonly events: readonly HistoryEvent[];
  readonly world: World;
}

/**
 * Makes a history. The same seed makes the same events, and a shorter history is the beginning of a longer one of
 * its seed. About 75 events declare catalogue and register before anything else happens.
 */
export function history({ seed, events }: { readonly seed: number; readonly events: number }): History {
  const random = new Random(seed);
  const world = newWorld(random);
  const writer = new HistoryWriter(random);
  const register = new RegisterSteps(writer, world);
  const records = new RecordSteps(writer, world);
  writer.say('ledger', 'LedgerOpened', {
    ledger: random.uuid(),
    purpose: 'demonstration',
    clock: 'simulated',
  });
  declareCatalogue(writer);
  register.begin();
  while (writer.events.length < events)
    random.weighted<() => void>([
      [85, () => records.step()],
      [12, () => register.change()],
      [3, () => changeCatalogue(writer)],
    ])();
  return { seed, world, events: writer.events.slice(0, events) };
}

/** The events as the ledger exports them: one JSON object a line. */
export function ndjson({ events }: Pick<History, 'events'>): string[] {
  return events.map((event) => JSON.stringify(event));
}
