import * as fc from 'fast-check';
import { history, type History } from './history';

/** Histories of one length; a failing one shrinks to its shortest beginning that still fails. */
class HistoryArbitrary extends fc.Arbitrary<History> {
  constructor(readonly length: number) {
    super();
  }

  override generate(random: fc.Random): fc.Value<History> {
    return new fc.Value(history({ seed: random.nextInt(0, 0x7fffffff), events: this.length }), undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is History {
    return false;
  }

  override shrink({ seed, events }: History): fc.Stream<fc.Value<History>> {
    return fc
      .stream(shorter(events.length))
      .map((length) => new fc.Value(history({ seed, events: length }), undefined));
  }
}

/** Half the length, then ever nearer to the whole, so that the shortest failing beginning is found by halving. */
function* shorter(length: number): Generator<number> {
  if (length < 2) return;
  let less = Math.ceil(length / 2);
  while (less > 1) {
    yield length - less;
    less = Math.ceil(less / 2);
  }
  yield length - 1;
}

/** An arbitrary of histories of so many events. */
export function historyArbitrary(options: { readonly events: number }): fc.Arbitrary<History> {
  return new HistoryArbitrary(options.events);
}
