/** Open questions of one age: how many days they are past the day on which they were due. */
export interface AgeBand {
  readonly age: string;
  readonly queries: number;
}

/** The ages in which open questions are counted, each with the last day of it. */
const bands = [
  ['in time', 0],
  ['1 to 30 days overdue', 30],
  ['31 to 60 days overdue', 60],
  ['61 to 90 days overdue', 90],
  ['more than 90 days overdue', Infinity],
] as const;

/** How many questions are how long overdue, every age in its place, also where there is none of it. */
export function ageingOf(queries: readonly { readonly daysOverdue: number }[]): readonly AgeBand[] {
  const counts = bands.map(() => 0);
  for (const { daysOverdue } of queries) {
    const at = bands.findIndex(([, last]) => daysOverdue <= last);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return bands.map(([age], at) => ({ age, queries: counts[at] ?? 0 }));
}
