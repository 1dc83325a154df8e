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
