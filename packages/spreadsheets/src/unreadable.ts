/** A file that is no workbook, or one too large or too odd to read: why, and what to do. */
export class UnreadableWorkbookError extends Error {
  readonly code = 'UNREADABLE_WORKBOOK';
  constructor(problem: string) {
    super(problem);
    this.name = 'UnreadableWorkbookError';
  }
}

/** What is read at most, so that no file can use up the machine. */
export interface ReadingLimits {
  /** Of everything in the file, unpacked, in bytes. */
  readonly unpackedBytes: number;
  /** Rows that hold something, over all sheets. */
  readonly rows: number;
  /** Cells that hold something, over all sheets. */
  readonly cells: number;
  readonly sheets: number;
}

export const usualLimits: ReadingLimits = {
  unpackedBytes: 300_000_000,
  rows: 120_000,
  cells: 2_500_000,
  sheets: 100,
};

/** Counts what was read of a file. @throws UnreadableWorkbookError over a limit */
export class ReadingCount {
  #bytes = 0;
  #rows = 0;
  #cells = 0;

  constructor(readonly limits: ReadingLimits) {}

  unpacked(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.limits.unpackedBytes)
      throw new UnreadableWorkbookError(
        `The file unpacks to more than ${Math.round(this.limits.unpackedBytes / 1e6)} MB. Save a copy without empty formatted rows and pictures, or send it in parts.`,
      );
  }

  row(cells: number): void {
    this.#rows += 1;
    this.#cells += cells;
    if (this.#rows > this.limits.rows || this.#cells > this.limits.cells)
      throw new UnreadableWorkbookError(
        `The file holds more than ${this.limits.rows} rows or ${this.limits.cells} cells. Send it in parts.`,
      );
  }
}
