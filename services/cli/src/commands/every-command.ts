import type { Command } from 'commander';
import { claimCommands } from './claims';
import { copyingCommands } from './copying';
import { importingCommands } from './importing';
import { liveCommands } from './live';
import { peopleCommands } from './people';
import { periodCommands } from './periods';
import { publicationCommands } from './publications';
import { questionCommands } from './questions';
import { recordingCommands } from './recording';
import { sealCommands } from './seals';
import { upkeepCommands } from './upkeep';
import { verifyCommands } from './verify';

/** Every command, in the order in which help lists them. */
export function everyCommand(): readonly Command[] {
  return [
    ...questionCommands(),
    ...recordingCommands(),
    ...periodCommands(),
    ...claimCommands(),
    ...publicationCommands(),
    ...importingCommands(),
    ...peopleCommands(),
    ...upkeepCommands(),
    ...sealCommands(),
    ...verifyCommands(),
    ...liveCommands(),
    ...copyingCommands(),
  ];
}
