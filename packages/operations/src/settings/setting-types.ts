import { readLogAddress, type LogAddress } from '@ledger/event-log';
import { signInMechanisms } from '@ledger/fan-out';
import { readVaultAddress, type VaultAddress } from '@ledger/vault';
import { z } from 'zod';

/** Where a server listens. */
export interface ListeningAddress {
  readonly host: string;
  readonly port: number;
}

export const logAddress = z.string().transform((text, context): LogAddress => {
  const address = readLogAddress(text);
  if (address !== undefined) return address;
  context.addIssue('is no address of a log');
  return z.NEVER;
});

export const vaultAddress = z.string().transform((text, context): VaultAddress => {
  const address = readVaultAddress(text);
  if (address !== undefined) return address;
  context.addIssue('is no address of a vault');
  return z.NEVER;
});

export const postgresAddress = z
  .string()
  .refine(
    (text) => /^postgres(ql)?:\/\/[^/]/.test(text) && URL.canParse(text),
    'is no address of a database',
  );

export const port = z
  .string()
  .regex(/^\d{1,5}$/, 'is no port')
  .transform(Number)
  .refine((number) => number <= 65_535, 'is no port');

/** HOST:PORT, an IPv6 host in brackets. */
export const listeningAddress = z.string().transform((text, context): ListeningAddress => {
  const [, bracketed, plain, number = ''] = /^(?:\[([0-9a-f:]+)\]|([^:\s]+)):(\d{1,5})$/i.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host !== undefined && Number(number) <= 65_535) return { host, port: Number(number) };
  context.addIssue('is no address to listen on');
  return z.NEVER;
});

/** HOST:PORT, several with commas between them. */
export const brokers = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .refine((all) => all.every((one) => /^[^\s:]+:\d{1,5}$/.test(one)), 'is no list of brokers');

/** How many of something there are to be: at least one, at most so many. */
export function count(most: number): z.ZodType<number, string> {
  return z
    .string()
    .regex(/^\d{1,9}$/, 'is no number')
    .transform(Number)
    .refine((number) => number >= 1 && number <= most, 'is no such number');
}

/** In the place of a file of certificates: those that this machine trusts. */
export const thisMachine = 'system';

/** How a user and a password are proved to Kafka. */
export const signInMechanism = z.enum(signInMechanisms, { error: 'is no way to sign in that there is' });

/** A name that Kafka takes for a topic. */
export const topic = z.string().regex(/^(?!\.{1,2}$)[a-zA-Z0-9._-]{1,249}$/, 'is no name of a topic');

export const webAddress = z.url({ protocol: /^https?$/, error: 'is no web address' });

export const anyText = z.string();

/** A command with its parameters, spaces between them. */
export const commandLine = z.string().transform((text) => text.trim().split(/\s+/));
