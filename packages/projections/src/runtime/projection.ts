/**
 * The two projections. Each can be kept in a store of its own and rebuilt alone.
 *
 * - `figures`: lines and their roll-ups, from which every figure is counted.
 * - `documents`: the register, the catalogue and other facts, and the index by which records are found.
 */
export const projections = ['figures', 'documents'] as const;
export type Projection = (typeof projections)[number];

/**
 * The version of each projection's code. It is raised whenever the code posts anything else for the same events: then
 * what is stored is rebuilt. A test holds the fingerprint of what each version posts.
 */
export const projectionVersions: Readonly<Record<Projection, number>> = { figures: 3, documents: 4 };

/** The name under which a shelf has both projections in one store: where they are kept from a topic, in one transaction. */
export const together = 'together';

/** What is said of a store with both projections: the versions of their code. */
export function labelOfBoth(versions: Readonly<Record<Projection, number>> = projectionVersions): string {
  return projections.map((projection) => `${projection} ${versions[projection]}`).join(', ');
}

/** Whether a store with both projections was made by a newer release: one of them is of a version that this one has not. */
export function isOfNewerRelease(
  label: string | null,
  versions: Readonly<Record<Projection, number>> = projectionVersions,
): boolean {
  return projections.some((projection) => {
    const found = new RegExp(`\\b${projection} (\\d+)`).exec(label ?? '')?.[1];
    return found !== undefined && Number(found) > versions[projection];
  });
}
