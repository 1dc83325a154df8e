import type { Run, Sample } from './sample';

/** The samples of every run, by its name. */
export type Samples = ReadonlyMap<string, readonly Sample[]>;

/** Which run begins. */
export interface RoundProgress {
  readonly round: number;
  readonly name: string;
  /** Runs that have ended, and how many there are in all rounds. */
  readonly done: number;
  readonly of: number;
}

/**
 * Runs every contender once in each round, so that a slow minute of the machine falls on all of them alike; in the
 * opposite order in every second round, so that none always comes after the same one.
 */
export async function inRounds(
  runs: readonly Run[],
  rounds: number,
  onProgress: (progress: RoundProgress) => void = () => undefined,
): Promise<Samples> {
  const samples = new Map<string, Sample[]>(runs.map(({ name }) => [name, []]));
  let done = 0;
  for (let round = 0; round < rounds; round++)
    for (const { name, run } of round % 2 === 0 ? runs : [...runs].reverse()) {
      onProgress({ round, name, done, of: rounds * runs.length });
      done += 1;
      samples.get(name)?.push(await run(round));
    }
  return samples;
}
