import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { openDatabase } from '@ledger/sqlite';

/** The kernel counts processor time in hundredths of a second. */
const ticksPerSecond = 100;

/** Seconds for which processors of the machine have been busy, in whatever process; undefined where nothing says. */
export function busySeconds(): number | undefined {
  let text: string;
  try {
    text = readFileSync('/proc/stat', 'utf8');
  } catch {
    // Only Linux says.
    return undefined;
  }
  const [first = ''] = text.split('\n');
  // user, nice, system, idle, iowait, irq, softirq, steal: what is neither idle nor waiting is busy. Stolen time is
  // time that another machine on the same host took.
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = first
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softirq + steal) / ticksPerSecond;
}

/** Processor seconds and the most memory that another process has used. */
export interface ProcessUse {
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

/** What a process has used so far; undefined where it has ended, or nothing says. */
export function useOfProcess(pid: number): ProcessUse | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program may hold spaces; what follows its closing bracket does not.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
      peakBytes: Number(peak) * 1024,
    };
  } catch {
    return undefined;
  }
}

/** The machine in words: what decides how fast something is. */
export function machineInWords(): string {
  const processors = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  const database = openDatabase(':memory:', { synchronous: 'NORMAL' });
  const sqlite = String(database.value('SELECT sqlite_version()'));
  database.close();
  const model = processors[0]?.model.trim() ?? 'unknown processor';
  return `${model}, ${processors.length} cores, ${memory} GiB, ${type()} ${release()}, Node ${process.version}, SQLite ${sqlite}`;
}
