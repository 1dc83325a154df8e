import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  fsyncSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Id } from '@ledger/events';
import { z } from 'zod';

/** The file of a backup that says what is in it. */
const manifestFile = 'backup.json';

const Manifest = z.strictObject({
  backup: Id,
  ledger: Id,
  purpose: z.enum(['live', 'demonstration']),
  madeAt: z.string(),
  /** The last position in it. */
  position: z.string().regex(/^\d{1,15}$/),
  files: z.array(
    z.strictObject({ name: z.string().regex(/^[\w.-]+$/), bytes: z.number().int(), sha256: z.string() }),
  ),
});
export type Manifest = z.infer<typeof Manifest>;

/** A backup that is not whole, or not as it was made. */
export class DamagedBackupError extends Error {
  readonly code = 'DAMAGED_BACKUP';
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part as Buffer);
  return hash.digest('hex');
}

/** Makes sure that a file is on the disk, not only on its way there. */
function sync(file: string): void {
  const handle = openSync(file, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

export async function writeManifest(
  folder: string,
  about: Omit<Manifest, 'files'>,
  names: readonly string[],
): Promise<Manifest> {
  const files = [];
  for (const name of names) {
    const file = join(folder, name);
    sync(file);
    files.push({ name, bytes: statSync(file).size, sha256: await sha256Of(file) });
  }
  const manifest = { ...about, files };
  writeFileSync(join(folder, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
  sync(join(folder, manifestFile));
  return manifest;
}

/** Reads a backup's manifest and checks every file against it. @throws DamagedBackupError naming the file */
export async function checkedManifest(folder: string): Promise<Manifest> {
  let text: string;
  try {
    text = readFileSync(join(folder, manifestFile), 'utf8');
  } catch {
    throw new DamagedBackupError(
      `${folder} holds no ${manifestFile}; it is no backup, or one that was cut off.`,
    );
  }
  const parsed = Manifest.safeParse(jsonOf(text));
  if (!parsed.success)
    throw new DamagedBackupError(`${join(folder, manifestFile)} is damaged; take another backup.`);
  for (const { name, bytes, sha256 } of parsed.data.files) {
    const file = join(folder, name);
    const there = statSync(file, { throwIfNoEntry: false })?.size;
    if (there === undefined) throw new DamagedBackupError(`${file} is missing; take another backup.`);
    if (there !== bytes || (await sha256Of(file)) !== sha256)
      throw new DamagedBackupError(`${file} is not as it was backed up; take another backup.`);
  }
  return parsed.data;
}

/** What a text says as JSON, or undefined where it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
