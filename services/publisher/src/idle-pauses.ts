/** How long a watermark is waited for while nothing is recorded, in milliseconds. */
const soon = 250;
/** And after this many, once nothing has been recorded for ten seconds: */
const many = 40;
const later = 60_000;

/**
 * The pause before the next watermark, while nothing is recorded.
 *
 * A topic keeps its records for ever, and a watermark says nothing new until something is recorded. Four a second would
 * come to more than a hundred million a year in each partition, which every rebuild would read: so a topic that has been
 * silent for a while is only given a sign of life.
 * @param given how many watermarks have been given since something was recorded
 */
export function idlePause(given: number): number {
  return given < many ? soon : later;
}
