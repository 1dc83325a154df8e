import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

export const root = join(__dirname, '..', '..');

/** A file of the project, as text. */
export function projectText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** A container, as far as the tests ask. */
const Service = z.object({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  profiles: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
});

const ComposeFile = z.object({
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.unknown()),
});

export type Service = z.infer<typeof Service>;

/** What whoever starts it has set: what has no default there. */
const set: Readonly<Record<string, string>> = {
  LEDGER_MODELS_PASSWORD: 'models1',
  LEDGER_VAULT_PASSWORD: 'vault2',
  POSTGRES_PASSWORD: 'postgres3',
  GRAFANA_PASSWORD: 'grafana4',
};

/** The text with what is set in the place of `${NAME}`, `${NAME:?}` and `${NAME:-default}`, as Compose puts it. */
function interpolated(text: string): string {
  return text.replace(/\$\{(\w+)(?::(?:\?|-([^}]*)))?\}/g, (_all, name: string, otherwise?: string) => {
    const value = set[name] ?? otherwise;
    if (value === undefined) throw new Error(`${name} is neither set nor has a default`);
    return value;
  });
}

/** docker-compose.yml as Compose reads it: merged, and with what is set in its place. */
export function readCompose(): unknown {
  return parse(interpolated(projectText('docker-compose.yml')), { merge: true });
}

/** Its containers by name, and its volumes. */
export function composeParts(): z.infer<typeof ComposeFile> {
  return ComposeFile.parse(readCompose());
}

/** Those that run a program of the ledger: by the program’s name. */
export function ownServices(): ReadonlyMap<string, Service> {
  const { services } = composeParts();
  return new Map(Object.entries(services).filter(([, { image }]) => image === 'programme-activity-ledger'));
}
