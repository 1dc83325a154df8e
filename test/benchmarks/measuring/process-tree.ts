import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts processor time in hundredths of a second. */
const ticksPerSecond = 100;

/** What the kernel says of a process after its name: the parent, and its time. Undefined where it has ended. */
function statOf(pid: number): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program may hold spaces; what follows its closing bracket does not.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/**
 * Processor seconds that a process, its children and those of them that have ended have used so far; 0 where nothing says.
 * A server that starts a process for each connection is such a one.
 */
export function treeSeconds(pid: number): number {
  const own = statOf(pid);
  if (own === undefined) return 0;
  // user, system; and the same of children that have ended and were waited for.
  let ticks = own.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const child = statOf(Number(name));
    if (child?.[1] === String(pid)) ticks += Number(child[11]) + Number(child[12]);
  }
  return ticks / ticksPerSecond;
}
