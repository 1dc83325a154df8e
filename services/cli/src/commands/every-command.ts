import type { Command } from 'commander';

/** Commands of one file, and what they are called: one is found by its name without loading the others. */
interface CommandGroup {
  readonly names: readonly string[];
  readonly load: () => Promise<readonly Command[]>;
}

/** Every command, in the order in which help lists them. */
const commandGroups: readonly CommandGroup[] = [
  {
    names: [
      'annual-totals',
      'quarterly-totals',
      'savings',
      'deliverables',
      'take-up',
      'figure',
      'explain',
      'measures',
      'offers',
      'records',
      'duplicates',
    ],
    load: async () => (await import('./questions.js')).questionCommands(),
  },
  {
    names: [
      'record',
      'reverse-import',
      'correct',
      'withdraw',
      'reinstate',
      'approve',
      'merge',
      'undo-merge',
      'body',
      'declare',
      'load-register',
    ],
    load: async () => (await import('./recording.js')).recordingCommands(),
  },
  {
    names: [
      'periods',
      'close-period',
      'reopen-period',
      'changes-after-close',
      'adjustments',
      'propose-adjustment',
      'approve-adjustment',
      'decline-adjustment',
    ],
    load: async () => (await import('./periods.js')).periodCommands(),
  },
  {
    names: [
      'claims',
      'claim',
      'overlaps',
      'claim-sample',
      'claim-queries',
      'confirmations',
      'savings-table',
      'savings-bridge',
      'lapse-overdue',
      'figure-checks',
    ],
    load: async () => (await import('./claims.js')).claimCommands(),
  },
  {
    names: ['claim-step', 'attach-evidence', 'evidence'],
    load: async () => (await import('./claim-steps.js')).claimStepCommands(),
  },
  {
    names: ['publish', 'publications', 'publication'],
    load: async () => (await import('./publications.js')).publicationCommands(),
  },
  {
    names: ['import', 'imports', 'mapping', 'template'],
    load: async () => (await import('./importing.js')).importingCommands(),
  },
  {
    names: ['users', 'people', 'retention', 'audit'],
    load: async () => (await import('./people.js')).peopleCommands(),
  },
  {
    names: ['sample', 'reverse-sample', 'check', 'export', 'rebuild', 'replay', 'parked'],
    load: async () => (await import('./upkeep.js')).upkeepCommands(),
  },
  {
    names: ['seal', 'seals', 'change-seal-key'],
    load: async () => (await import('./seals.js')).sealCommands(),
  },
  {
    names: ['verify'],
    load: async () => (await import('./verify.js')).verifyCommands(),
  },
  {
    names: ['init', 'serve', 'sign-in', 'sign-out', 'change-password', 'backup', 'restore'],
    load: async () => (await import('./live.js')).liveCommands(),
  },
  {
    names: ['copy', 'copy-vault'],
    load: async () => (await import('./copying.js')).copyingCommands(),
  },
];

/**
 * The commands to look for a name in: those of its group, since most of what takes time to load belongs to another. Where
 * there is none of that name, as for help, every command.
 */
export async function commandsFor(name: string | undefined): Promise<readonly Command[]> {
  const groups = commandGroups.filter(({ names }) => name !== undefined && names.includes(name));
  const loaded = await Promise.all((groups.length > 0 ? groups : commandGroups).map(({ load }) => load()));
  return loaded.flat();
}
