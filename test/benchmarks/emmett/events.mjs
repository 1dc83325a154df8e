import { createRequire } from 'node:module';

const { benchData } = createRequire(import.meta.url)('../../dist/benchmarks/data/bench-data.js');

/** An event as Emmett keeps it: the envelope of the stored body is its metadata. */
export function eventOf({ event }, actor) {
  const { id, type, schemaVersion, data } = event;
  const command = { scope: 'record', key: id, hash: id };
  return { type, data, metadata: { id, schemaVersion, actor, command, correlationId: id, causationId: id } };
}

/**
 * Appends the data set to a store of Emmett's, several streams at once where it comes so; `inTurn` one after the other.
 */
export async function appendDataSet(store, events, { inTurn = false } = {}) {
  for (const { writes, command } of benchData({ events, seed: 1 })) {
    const appends = writes.map(
      ({ stream, expected, events: ofStream }) =>
        () =>
          store.appendToStream(
            stream,
            ofStream.map((event) => eventOf({ event }, command.actor)),
            { expectedStreamVersion: expected === 'no-stream' ? 0n : expected + 1n },
          ),
    );
    if (inTurn) for (const append of appends) await append();
    else await Promise.all(appends.map((append) => append()));
  }
}
