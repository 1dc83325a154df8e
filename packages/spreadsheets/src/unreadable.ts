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
  /** Lines of a text, whether they hold something or not. */
  readonly lines: number;
  /** Of the texts in all cells, each as often as it stands there. */
  readonly characters: number;
  readonly charactersOfCell: number;
  /** What is said beside the cells: merged cells, styles, formats of columns, names of parts. */
  readonly beside: number;
}

export const usualLimits: ReadingLimits = {
  unpackedBytes: 300_000_000,
  rows: 120_000,
  cells: 2_500_000,
  sheets: 100,
  lines: 1_048_576,
  characters: 100_000_000,
  charactersOfCell: 1_000_000,
  beside: 200_000,
};

/** Spreadsheet programs have no rows and columns beyond these. */
export const mostRows = 1_048_576;
export const mostColumns = 16_384;

/** Counts what was read of a file. @throws UnreadableWorkbookError over a limit */
export class ReadingCount {
  #bytes = 0;
  #rows = 0;
  #cells = 0;
  #sharedTexts = 0;
  #characters = 0;
  #beside = 0;

  constructor(readonly limits: ReadingLimits) {}

  unpacked(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.limits.unpackedBytes)
      throw new UnreadableWorkbookError(
        `The file unpacks to more than ${Math.round(this.limits.unpackedBytes / 1e6)} MB. Save a copy without empty formatted rows and pictures, or send it in parts.`,
      );
  }

  /** A row that holds something, and its number. */
  row(cells: number, row: number): void {
    if (row > mostRows)
      throw new UnreadableWorkbookError(
        `The file has rows beyond row ${mostRows}, the last one of a sheet. Send it in parts.`,
      );
    this.#rows += 1;
    this.#cells += cells;
    if (this.#rows > this.limits.rows) this.#tooMany();
    if (this.#cells > this.limits.cells) this.#tooMany();
  }

  /** A text that cells may share: there are no more of them than cells. */
  sharedText(): void {
    this.#sharedTexts += 1;
    if (this.#sharedTexts > this.limits.cells) this.#tooMany();
  }

  /** The text of one cell, while it grows. */
  longText(characters: number): void {
    if (characters > this.limits.charactersOfCell)
      throw new UnreadableWorkbookError(
        `A cell of the file holds more than ${this.limits.charactersOfCell} characters. Shorten it, or take it out.`,
      );
  }

  /** Texts that stand in cells: what a file holds once may stand in all of its rows. */
  characters(characters: number): void {
    this.#characters += characters;
    if (this.#characters > this.limits.characters)
      throw new UnreadableWorkbookError(
        `The cells of the file hold more than ${this.limits.characters} characters. Send it in parts, or without its long texts.`,
      );
  }

  /** Something that is kept of a file beside its cells. */
  beside(): void {
    this.#beside += 1;
    if (this.#beside > this.limits.beside)
      throw new UnreadableWorkbookError(
        `The file holds more than ${this.limits.beside} merged cells, styles, formats of columns and parts. Copy its values into a new workbook, and send that.`,
      );
  }

  #tooMany(): never {
    throw new UnreadableWorkbookError(
      `The file holds more than ${this.limits.rows} rows or ${this.limits.cells} cells. Send it in parts.`,
    );
  }
}
