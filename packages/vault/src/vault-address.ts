/** Where a vault is kept. */
export type VaultAddress =
  | { readonly engine: 'sqlite'; readonly file: string }
  | { readonly engine: 'postgresql'; readonly address: string };

/** Reads `sqlite:PATH` or `postgresql://…`. @returns undefined for what is no address of a vault */
export function readVaultAddress(text: string): VaultAddress | undefined {
  if (/^postgres(ql)?:\/\/[^/]/.test(text) && URL.canParse(text))
    return { engine: 'postgresql', address: text };
  const [, file] = /^sqlite:(.+)$/s.exec(text) ?? [];
  return file === undefined ? undefined : { engine: 'sqlite', file };
}
