import { existsSync, mkdirSync, renameSync } from 'node:fs';
import type { Clock, EventLog } from '@ledger/event-log';
import { scheduleNumber } from '@ledger/demonstration';
import { filesIn, type KeptStores } from '../kept-stores';
import { checkDemonstration } from './open-demonstration';

/** A free name for an old folder. */
function setAside(folder: string, schedule: number): string {
  for (let number = 0; ; number++) {
    const name = `${folder}-schedule-${schedule}${number === 0 ? '' : `-${number}`}`;
    if (existsSync(name)) continue;
    renameSync(folder, name);
    return name;
  }
}

/** The files of a demonstration; a folder of an older schedule is set aside: nothing is slipped into an old one. */
export function demonstrationFiles(folder: string, full: boolean): KeptStores {
  const files = filesIn(folder);
  const openLog = async (clock: Clock): Promise<EventLog> => {
    mkdirSync(folder, { recursive: true });
    const log = await files.log(clock);
    try {
      const schedule = await checkDemonstration(log, { full, where: folder });
      if (schedule === undefined || schedule >= scheduleNumber) return log;
      await log.close();
      setAside(folder, schedule);
      return await openLog(clock);
    } catch (error) {
      await log.close();
      throw error;
    }
  };
  return { ...files, log: openLog };
}
