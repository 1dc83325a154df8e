/** Which data set: the same one gives the same appends for ever. */
export interface DataSet {
  readonly events: number;
  readonly seed: number;
  /**
   * So many bodies, with everything that the register says of them, whatever the number of events: the register comes
   * on top. Left out, bodies and what is said of them are as many as the proportions leave room for, 400 at most.
   */
  readonly bodies?: number;
}
