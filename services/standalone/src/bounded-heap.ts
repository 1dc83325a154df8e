import { setFlagsFromString } from 'node:v8';

/** By how much the heap may grow beyond what is in use before it is collected, in hundredths. */
const growth = 100;

/** From this release of Node on, new objects may take more than 130 MB before they are looked through. */
const roomyFrom = 24;

/**
 * Has V8 collect the heap when it has doubled, and keep room for new objects as it begins. Where a machine has much memory
 * it waits until the heap is four times what is in use, and Node 24 gives new objects four times the room that Node 20
 * gives: an import of 100,000 rows needs 130 MB at a time, and the process had 800 MB. How much room new objects have at the
 * most is fixed when a process begins, by how much it grows is not; on Node 20 it begins too small to be kept.
 */
export function boundHeap(): void {
  setFlagsFromString(`--heap-growing-percent=${growth}`);
  if (Number.parseInt(process.versions.node, 10) >= roomyFrom)
    setFlagsFromString('--semi-space-growth-factor=1');
}
