import { isOfAnotherTime, type BodyLookup } from './body-lookup';
import { question, type CellFault } from './row-faults';

/** The bodies that one cell names, as texts to look up, or what is to be asked about it. */
export type NamesInCell = { readonly names: readonly string[] } | { readonly fault: CellFault };

const clear = /[;\n\r|]/;
/** What also stands inside names: "Bath and North East Somerset", "Bristol, City of". */
const doubtful = [/\s*[,/]\s*/, /\s*(?:,|\/|&|\band\b)\s*/i];

function parts(text: string, by: RegExp): string[] {
  return text
    .split(by)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/**
 * Parts the names in a cell. Semicolons and line ends always part; commas, slashes and "and" only where every part
 * is a body and the whole is none. Where both are, somebody must say.
 */
export function namesInCell(text: string, day: string, bodies: Pick<BodyLookup, 'resolve'>): NamesInCell {
  const names: string[] = [];
  const isBody = (name: string): boolean => {
    const found = bodies.resolve(name, day);
    // One that ended, or may be several, is a name all the same: what is wrong with it is said where it is looked up.
    return found.found || found.ambiguous === true || isOfAnotherTime(found.problem);
  };
  for (const piece of parts(text, clear)) {
    const whole = isBody(piece);
    const split = doubtful
      .map((by) => parts(piece, by))
      .find((some) => some.length > 1 && some.every(isBody));
    if (whole && split !== undefined)
      return {
        fault: question(
          'names-two-ways',
          `“${piece.slice(0, 60)}” is one body, and ${split.join(' and ')} are bodies too; part several by semicolons`,
          split.join('; '),
        ),
      };
    names.push(...(whole || split === undefined ? commaParts(piece, whole) : split));
  }
  return { names };
}

/** A list in which one name is misspelt is a list all the same, so that the one that is wrong is said alone. */
function commaParts(piece: string, whole: boolean): string[] {
  const listed = parts(piece, /,/);
  return whole || listed.length < 3 ? [piece] : listed;
}
