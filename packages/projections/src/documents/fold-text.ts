/** Text as it is searched: lower case, without accents, words parted by single spaces. */
export function foldText(text: string): string {
  // Most texts have no accents to take off, which costs more than all the rest.
  if (plain.test(text)) return text.toLowerCase().replaceAll(notOfPlainWords, ' ').trim();
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}/.]+/gu, ' ')
    .trim();
}

const plain = /^[\x20-\x7e]*$/;
const notOfPlainWords = /[^a-z0-9/.]+/g;
