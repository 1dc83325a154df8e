import type { LedgerEvent } from '@ledger/events';
import { AlikeTitles } from '@ledger/projections';
import { readThing } from '../application/read-thing';
import type { Recording } from '../application/recording';
import type { StandingActivities } from '../application/standing-activities';
import { cohortOf, type Candidate } from './duplicate-candidates';
import type { PeopleInFile } from './people-in-file';

/** How many others are named beside a row. */
const mostNamed = 3;

/** Another row of the file, or a record of the ledger, that a new row may be the same as. */
export type Alike =
  | { readonly sheet: number; readonly row: number }
  | { readonly record: { readonly kind: 'activity'; readonly id: string } };

/** A new row that may be of something that another row, or the ledger, has already. */
export interface DuplicateRow {
  readonly sheet: number;
  readonly row: number;
  readonly why: string;
  /** The first few it is like. */
  readonly like: readonly Alike[];
}

/** Something that may be the same as another: of a row of the file, or of a record. */
interface Compared {
  readonly title: string;
  readonly from: string;
  readonly candidate: Candidate | undefined;
  readonly alike: Alike;
}

/**
 * Finds new rows that may be of one thing with another new row or with a record of the ledger: same type, offer, level, body,
 * within a fortnight, and with titles alike; or one person twice in a cohort. They are listed, and never merged (A3).
 */
export async function findDuplicates(
  recording: Recording,
  candidates: readonly Candidate[],
  people: PeopleInFile,
): Promise<readonly DuplicateRow[]> {
  if (candidates.length === 0) return [];
  const found = new Map<Candidate, { why: string; like: Alike[] }>();
  const note = (candidate: Candidate, why: string, alike: Alike): void => {
    const of = found.get(candidate) ?? { why, like: [] };
    const same = JSON.stringify(alike);
    if (of.like.length < mostNamed && !of.like.some((one) => JSON.stringify(one) === same))
      of.like.push(alike);
    found.set(candidate, of);
  };
  const activities = await recording.parts.activities();
  await findActivities(activities, candidates, note);
  await findParts({ recording, activities, people }, candidates, note);
  return [...found]
    .map(([{ sheet, row }, { why, like }]) => ({ sheet, row, why, like }))
    .sort((a, b) => a.sheet - b.sheet || a.row - b.row);
}

type Note = (candidate: Candidate, why: string, alike: Alike) => void;

function grouped<T>(all: readonly T[], keysOf: (one: T) => readonly string[]): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all)
    for (const key of keysOf(one)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [one]);
      else group.push(one);
    }
  return groups;
}

async function findActivities(
  activities: StandingActivities,
  candidates: readonly Candidate[],
  note: Note,
): Promise<void> {
  const groups = grouped(candidates, ({ part, type, offer, level, bodies }) =>
    part === undefined ? bodies.map((body) => JSON.stringify([type, offer, body, level])) : [],
  );
  for (const [key, group] of groups) {
    // The key is made above.
    const [type, offer, body, level] = JSON.parse(key) as [string, string, string, string | null];
    const compared: Compared[] = group.map((candidate) => ({
      title: candidate.title,
      from: candidate.from,
      candidate,
      alike: { sheet: candidate.sheet, row: candidate.row },
    }));
    for await (const { id, title, from, ...other } of activities({ offer, body }))
      if (other.type === type && other.level === level)
        compared.push({ title, from, candidate: undefined, alike: { record: { kind: 'activity', id } } });
    for (const [{ candidate }, like] of new AlikeTitles(compared).alike(mostNamed))
      if (candidate !== undefined)
        for (const { alike } of like) note(candidate, 'same body, offer and title', alike);
  }
}

/** One person twice in a cohort or on a course; by the name alone where the file says two bodies. */
async function findParts(
  {
    recording,
    activities,
    people,
  }: {
    readonly recording: Recording;
    readonly activities: StandingActivities;
    readonly people: PeopleInFile;
  },
  candidates: readonly Candidate[],
  note: Note,
): Promise<void> {
  const parts = candidates.flatMap((candidate) =>
    candidate.part === undefined ? [] : [{ candidate, part: candidate.part }],
  );
  const named = grouped(parts, ({ candidate: { offer, type }, part: { person, cohort } }) => [
    JSON.stringify([type, offer, cohort, people.nameOf(person) ?? person]),
  ]);
  for (const group of named.values())
    for (const [at, { candidate, part }] of group.entries())
      for (const [of, other] of group.slice(0, mostNamed + 1).entries())
        if (at !== of) {
          const { sheet, row } = other.candidate;
          const same = part.person === other.part.person;
          note(candidate, same ? 'same person, twice in a cohort' : 'same name, twice in a cohort', {
            sheet,
            row,
          });
        }
  const known = parts.filter(({ part }) => !people.isNew(part.person));
  for (const [offer, group] of grouped(known, ({ candidate }) => [candidate.offer])) {
    const byPerson = grouped(group, ({ part: { person } }) => [person]);
    for await (const { id, person } of activities({ offer })) {
      const same = byPerson.get(person ?? '');
      if (same === undefined) continue;
      const { contents } = await readThing(recording.parts.log, 'activity', id);
      for (const { candidate, part } of same)
        if (id !== candidate.id && contents.some(({ event }) => isPartIn(event, candidate.type, part.cohort)))
          note(candidate, 'same person, twice in a cohort', { record: { kind: 'activity', id } });
    }
  }
}

function isPartIn(event: LedgerEvent, type: string, cohort: string): boolean {
  return event.type === type && cohortOf(event) === cohort;
}
