/** Text as it is searched: lower case, without accents, words parted by single spaces. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}/.]+/gu, ' ')
    .trim();
}
