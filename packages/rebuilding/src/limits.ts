/**
 * What a thread may take of memory. A small young generation is collected more often and leaves less behind; the old
 * one is far more than a rebuild of a million events needs.
 */
export const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 1024 };
