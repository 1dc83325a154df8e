import { join } from 'node:path';
import { z } from 'zod';

/** A setting that is not as it should be: the process ends with its message and nothing else. */
export class ConfigurationError extends Error {
  readonly code = 'CONFIGURATION';
}

const Environment = z.object({
  PORT: z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65535).default(8080),
  LEDGER_DATA: z.string().min(1, 'must name a folder').optional(),
});

/** What the standalone server is told by environment and arguments. */
export interface Configuration {
  readonly port: number;
  /** The folder of the ledger's files. */
  readonly folder: string;
  /** False for `--empty`: register and catalogue only. */
  readonly full: boolean;
}

/** Where a ledger lies if nobody says otherwise: in the project's own folder, whatever folder one stands in. */
export function defaultFolder(full: boolean): string {
  return join(__dirname, '..', '..', '..', 'data', full ? 'demonstration' : 'empty');
}

/** @throws ConfigurationError naming the setting */
export function readConfiguration(environment: NodeJS.ProcessEnv, argv: readonly string[]): Configuration {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigurationError(`${issue?.path.join('.')}: ${issue?.message}.`);
  }
  const unknown = argv.filter((argument) => argument !== '--empty');
  if (unknown.length > 0)
    throw new ConfigurationError(
      `There is no argument ${unknown[0]}. The only one is --empty, for a ledger without records.`,
    );
  const full = !argv.includes('--empty');
  return { port: parsed.data.PORT, folder: parsed.data.LEDGER_DATA ?? defaultFolder(full), full };
}
