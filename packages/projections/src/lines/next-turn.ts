/** Not there in a browser, where the page that verifies a bundle has nobody else to answer. */
const inTurn: typeof setImmediate | undefined = globalThis.setImmediate;

/**
 * Lets whoever else waits have a turn. A question about a position long past reads and counts for tens of milliseconds; it does
 * so bit by bit, so that those who ask or record meanwhile are not held up by all of it.
 */
export async function nextTurn(): Promise<void> {
  if (inTurn === undefined) return;
  await new Promise<void>((resolve) => {
    inTurn(resolve);
  });
}
