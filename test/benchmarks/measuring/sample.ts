/** What one run of one contender came to. */
export interface Sample {
  /** What was measured, by name. */
  readonly values: Readonly<Record<string, number>>;
  readonly wallSeconds: number;
  /** Of all processes of the run, while it was measured. */
  readonly cpuSeconds: number;
  /** Of everything else on the machine meanwhile; undefined where nothing says. */
  readonly othersCpuSeconds?: number | undefined;
}

/** One contender of a measurement: run once in every round, in turn with the others. */
export interface Run {
  readonly name: string;
  readonly run: (round: number) => Promise<Sample>;
}
