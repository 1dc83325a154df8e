/** A problem that the ledger answered with. */
export class RefusedError extends Error {
  constructor(
    readonly status: number,
    readonly problem: {
      readonly detail: string;
      readonly errors?: readonly { readonly path: string; readonly message: string }[];
    },
  ) {
    super(problem.detail);
    this.name = 'RefusedError';
  }
}
