/**
 * What a thread may take of memory. A small young generation is collected more often and leaves less behind: with half
 * of this, two threads take a tenth longer and 15 MB less on a million events. The old one is far more than a rebuild of
 * a million events needs.
 */
export const resourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 1024 };
