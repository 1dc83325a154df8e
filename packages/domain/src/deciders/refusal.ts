/** Something wrong with a command: which rule, where, and what to do. */
export interface Fault {
  readonly code: string;
  /** The field's path in the command, for example `data.occurred.to`. */
  readonly path: string;
  readonly message: string;
}

/** A command that breaks rules. Nothing of it is recorded. */
export class DecisionRefused extends Error {
  readonly code = 'REFUSED';
  constructor(readonly faults: readonly Fault[]) {
    super(faults.map(({ path, message }) => `${path}: ${message}`).join('; '));
    this.name = 'DecisionRefused';
  }
}

/** Throws where there is any fault. */
export function refuseIfAny(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new DecisionRefused(faults);
}
