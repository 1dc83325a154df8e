/** A row beside the value: what was left out, or could not be told. */
export interface Remainder {
  readonly label: string;
  readonly count: number;
}
