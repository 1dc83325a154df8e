import { isAbsolute, resolve } from 'node:path';

/** Paths are relative to where the command was called, also through npm. */
export function calledFrom(path: string): string {
  return isAbsolute(path) ? path : resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}
