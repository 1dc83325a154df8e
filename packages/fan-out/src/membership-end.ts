/** The end of a membership of a group: it is waited for by whoever joined, and comes once. */
export class MembershipEnd {
  readonly promise: Promise<void>;
  #left: () => void = () => undefined;
  #failed: (error: unknown) => void = () => undefined;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.#left = resolve;
      this.#failed = reject;
    });
    // Whoever joined need not be listening yet.
    this.promise.catch(() => undefined);
  }

  left(): void {
    this.#left();
  }

  failed(error: unknown): void {
    this.#failed(error);
  }
}
