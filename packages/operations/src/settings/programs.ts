/** The programs that take settings, with the port that each listens on unless told otherwise; 0: on none. */
export const usualPorts = {
  standalone: 8080,
  projector: 8081,
  reporting: 8082,
  recording: 8083,
  publisher: 8084,
  command: 0,
} as const satisfies Record<string, number>;

export type Program = keyof typeof usualPorts;

/** The programs that listen. */
export const listening = ['standalone', 'projector', 'reporting', 'recording', 'publisher'] as const;
/** The programs of which each runs alone, beside the others. */
export const alone = ['projector', 'reporting', 'recording', 'publisher'] as const;
