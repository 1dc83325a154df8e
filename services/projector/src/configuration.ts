import { z } from 'zod';

/** A setting that is not as it should be: the process ends with its message and nothing else. */
export class ConfigurationError extends Error {
  readonly code = 'CONFIGURATION';
}

const Environment = z.object({
  LEDGER_LOG: z.string({ error: 'must name the file of a log, log.db in the folder of a ledger' }).min(1),
  LEDGER_READ_MODELS: z
    .string({
      error: 'must be the address of a PostgreSQL database: postgresql://USER:PASSWORD@HOST:PORT/DATABASE',
    })
    .min(1),
  PORT: z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65535).default(8081),
  HOST: z.string().min(1).default('127.0.0.1'),
});

/** What a projector is told by its environment. */
export interface Configuration {
  /** The file of the log. */
  readonly log: string;
  /** The address of the database. It holds a password: it is never shown. */
  readonly readModels: string;
  readonly port: number;
  readonly host: string;
}

/** @throws ConfigurationError naming the setting */
export function readConfiguration(environment: NodeJS.ProcessEnv): Configuration {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigurationError(`${issue?.path.join('.')}: ${issue?.message}.`);
  }
  const { LEDGER_LOG, LEDGER_READ_MODELS, PORT, HOST } = parsed.data;
  return { log: LEDGER_LOG, readModels: LEDGER_READ_MODELS, port: PORT, host: HOST };
}
