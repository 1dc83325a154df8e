import { testWalkThrough } from './walk-through';

/* The walk-through of a claim, from draft to a file that an auditor verifies, says what its commands print, word for word. */

/** What differs from ledger to ledger and day to day: ids, keys, hashes, moments and where the log stands. */
function comparable(printed: string, folder: string): string {
  return printed
    .replaceAll(folder, '.')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'MOMENT')
    .replaceAll(/(?<![\w+/])[A-Za-z0-9+/]{43}=|\b[0-9a-f]{64}\b/g, 'HASH')
    .replaceAll(/^(— \S+) \S+$/gm, '$1 SIGNATURE')
    .replaceAll(/\b(position|index:|checkpoint) \d+/gi, '$1 N')
    .replaceAll(/^\d+$/gm, 'N')
    .replaceAll(/\b\d+ (events|figures)/g, 'N $1')
    .replaceAll(/^ *\d{3,}  /gm, 'N  ')
    .replaceAll(/[─-]{2,}/g, '--')
    .replaceAll(/ {2,}/g, '  ')
    .replaceAll(/ +$/gm, '')
    .trim();
}

/** A reader stays in one terminal: what a block names, later ones know. */
const inOneTerminal = `
if [ -e .named ]; then . ./.named; fi
trap 'declare -p | grep -E "^declare -- (CLAIM|OTHER)=" > .named || true' EXIT
`;

testWalkThrough({
  page: 'audit.md',
  flags: [],
  patience: { start: 180_000, block: 120_000 },
  before: inOneTerminal,
  // What is refused is said beside the answers, not among them.
  shown: ({ out, printed }, refused, folder) =>
    (refused ? printed : out).replaceAll(`${folder}/`, '').replace(/^\n+/, ''),
  comparable,
});
