/** Where an event log is kept. */
export type LogAddress =
  | { readonly engine: 'sqlite'; readonly file: string }
  | { readonly engine: 'kurrentdb'; readonly connection: string };

/**
 * Reads `sqlite:PATH` or `kurrentdb://…`; a text without a scheme is the path of a SQLite file.
 * @returns undefined for what is no address of a log
 */
export function readLogAddress(text: string): LogAddress | undefined {
  if (/^kurrentdb(\+discover)?:\/\/[^/]/.test(text)) return { engine: 'kurrentdb', connection: text };
  // One letter before a colon is a drive of Windows.
  const [, scheme, rest = text] = /^([a-z][a-z0-9+.-]+):(.*)$/is.exec(text) ?? [];
  if ((scheme !== undefined && scheme.toLowerCase() !== 'sqlite') || rest === '') return undefined;
  return { engine: 'sqlite', file: rest };
}
