import type { Request, RequestHandler, Response } from 'express';
import multer, { memoryStorage, MulterError } from 'multer';
import { ProblemError } from './problem';

/*
 * multer reads forms with files. Its advisories are of requests that crash it or are never let go of (CVE-2025-47935,
 * -47944, -48997, -7338; CVE-2026-2359, -3304, -3520, -5079; GHSA-q7qp-rjg7-q26m); the last is mended in 2.5.0, the lowest
 * version that is taken. One file is held in memory, within the limits below, and no filter is asked while it comes.
 */

/** A file that was chosen in a form. */
export interface ChosenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** In bytes, as the routes that take files do. */
const largestFile = 40 * 1024 * 1024;

function reader(fields: number, fieldSize: number): RequestHandler {
  return multer({
    storage: memoryStorage(),
    limits: { fileSize: largestFile, files: 1, fields, fieldSize },
  }).single('file');
}

const ofPages = reader(50, 10_000);
/** Programs send one field beside the file, which may be long: an answer for each of many cells. */
const ofPrograms = reader(1, 5_000_000);

/** Reads a form that sends a file; its fields are then the request's body. @throws ProblemError */
export async function chosenFile(
  request: Request,
  response: Response,
  by: 'page' | 'program' = 'page',
): Promise<ChosenFile | undefined> {
  const readFile = by === 'page' ? ofPages : ofPrograms;
  await new Promise<void>((resolve, reject) => {
    readFile(request, response, (error: unknown) => {
      if (error === undefined || error === null) resolve();
      else if (error instanceof MulterError && error.code === 'LIMIT_FILE_SIZE')
        reject(new ProblemError(413, 'FILE_TOO_LARGE', 'The file is larger than 40 MB. Send it in parts.'));
      else
        reject(
          new ProblemError(400, 'INVALID_FORM', 'The form with the file cannot be read; send it once more.'),
        );
    });
  });
  const { file } = request;
  if (file === undefined || file.size === 0) return undefined;
  // Names of files come as the bytes of UTF-8, each taken for a letter.
  return {
    name: Buffer.from(file.originalname, 'latin1').toString('utf8').slice(0, 200),
    bytes: file.buffer,
  };
}
