import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The files under a folder that hold a text in any of the ways in which one may be written down. */
export function filesHolding(folder: string, text: string): string[] {
  const forms = [
    Buffer.from(text, 'utf8'),
    Buffer.from(text.toLowerCase(), 'utf8'),
    Buffer.from(text.toUpperCase(), 'utf8'),
    Buffer.from(text, 'utf16le'),
    Buffer.from(Buffer.from(text, 'utf8').toString('base64').replace(/=+$/, '')),
    Buffer.from(Buffer.from(text, 'utf8').toString('hex')),
    Buffer.from(encodeURIComponent(text)),
    Buffer.from(text.replaceAll(' ', '+')),
  ];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const file = join(folder, name);
    if (!statSync(file).isFile()) return false;
    const bytes = readFileSync(file);
    return forms.some((form) => bytes.includes(form));
  });
}
