import { mostAnswers } from '@ledger/events';
import { z } from 'zod';

/** The longest value that is put in the place of a cell, in characters. */
export const longestValue = 4000;

/**
 * What is answered to what a dry run asked of a file, which stays as it is. Cells and rows are named as spreadsheets name
 * them: `Support log!F33`, `Support log!84`; in a file of one sheet `F33` and `84` will do.
 */
export const AnswersRequest = z.strictObject({
  cells: z
    .record(z.string().min(2).max(400), z.string().max(longestValue))
    .optional()
    .describe('By cell, the value that is read in the place of what stands there; "" for nothing.'),
  rows: z
    .record(z.string().min(1).max(400), z.enum(['leave', 'take']))
    .optional()
    .describe('By row: leave it out, or take it although it is hidden.'),
});

/** Answers to what a dry run asked. */
export interface Answers {
  readonly cells: Readonly<Record<string, string>>;
  readonly rows: Readonly<Record<string, 'leave' | 'take'>>;
}

export const noAnswers: Answers = { cells: {}, rows: {} };

/** How many things are answered. */
export function countOf({ cells, rows }: Answers): number {
  return Object.keys(cells).length + Object.keys(rows).length;
}

/** Whether so many answers go with one file. */
export function areFew(answers: Answers): boolean {
  return countOf(answers) <= mostAnswers;
}

/** A cell, or with no letters a whole row, of a sheet or of the only one. */
export interface Place {
  readonly sheet: string | undefined;
  readonly letters: string;
  readonly row: number;
}

/** Reads the address of a cell or row; undefined for what is none. */
export function placeOf(address: string): Place | undefined {
  const [, quoted, plain, letters = '', row = ''] =
    /^(?:'([^']*)'!|(.*)!)?\$?([A-Za-z]{0,3})\$?(\d{1,7})$/s.exec(address) ?? [];
  if (row === '' || Number(row) === 0) return undefined;
  return { sheet: quoted ?? plain, letters: letters.toUpperCase(), row: Number(row) };
}

/** The address of a cell, or with no letters of a row, as it is written. */
export function addressOf(sheet: string, letters: string, row: number): string {
  return `${sheet}!${letters}${row}`;
}
