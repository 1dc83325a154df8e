import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/*
 * scrypt from Node's own cryptography, at 32 MiB and three passes (one of the settings OWASP names). The numbers
 * are kept beside each hash, so that they can be raised later.
 */
const cost = { N: 2 ** 15, r: 8, p: 3 } as const;
const memory = 64 * 1024 * 1024;
const keyBytes = 32;

/** A password that is too easy or cannot be used. */
export class WeakPasswordError extends Error {
  readonly code = 'WEAK_PASSWORD';
  readonly path = 'password';
}

const common = /^(password|qwerty|letmein|welcome|iloveyou|123456|abc123|council)/i;

/** @throws WeakPasswordError saying what is asked for */
export function checkPassword(password: string): void {
  if (password.length < 12)
    throw new WeakPasswordError('A password has at least 12 characters; three random words are good.');
  if (Buffer.byteLength(password) > 1024)
    throw new WeakPasswordError('A password has at most 1,024 bytes; use a shorter one.');
  if (new Set(password).size < 5 || common.test(password))
    throw new WeakPasswordError('This password is easy to guess; three random words are good.');
}

function derive(password: string, salt: Buffer, { N, r, p }: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, keyBytes, { N, r, p, maxmem: memory }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** The text to keep for a password: `scrypt$N$r$p$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join('$');
}

/** Compared with where there is no account, so that an unknown address takes as long as a wrong password. */
const nobody = `scrypt$${cost.N}$${cost.r}$${cost.p}$${Buffer.alloc(16).toString('base64')}$${Buffer.alloc(keyBytes).toString('base64')}`;

/** Whether a password is the one of a kept text; without one it takes as long and is wrong. */
export async function passwordMatches(password: string, kept: string | null): Promise<boolean> {
  const [, n = '0', r = '0', p = '0', salt = '', hash = ''] = (kept ?? nobody).split('$');
  const key = await derive(password, Buffer.from(salt, 'base64'), {
    N: Number(n),
    r: Number(r),
    p: Number(p),
  });
  const right = timingSafeEqual(key, Buffer.from(hash, 'base64'));
  return right && kept !== null;
}
