/*
 * Numbers as people type them. What cannot be read is undefined; what must not be negative or so large is for the
 * schema of the field to say.
 */

/** Digits with at most two decimals, scaled to whole hundredths: "12,500.5" is 1250050. */
function hundredths(text: string): number | undefined {
  const plain = text.replaceAll(/[,\s]/g, '');
  const parts = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/.exec(plain);
  if (parts === null) return undefined;
  const [, sign, whole = '', decimals = ''] = parts;
  const value = Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
  return sign === '-' ? -value : value;
}

/** A whole number with a point before its last digits: of pence, 2 gives pounds, and 5 thousands of pounds. Exact. */
export function inPlaces(whole: number, places: number): string {
  const digits = String(Math.abs(whole)).padStart(places + 1, '0');
  return `${whole < 0 ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** Pounds as typed, in whole pence: "£12,500", "12500.50", "1.2m", "30k"; below nothing with a hyphen or a minus sign. */
export function readPounds(text: string): number | undefined {
  const typed = text.trim().toLowerCase().replace('£', '').replace(/^−/, '-');
  const scaled = /^(-?\d{1,9}(?:\.\d{1,4})?) ?(k|m)$/.exec(typed.replaceAll(',', ''));
  if (scaled !== null) {
    const pence = Number(scaled[1]) * (scaled[2] === 'm' ? 100_000_000 : 100_000);
    const whole = Math.round(pence);
    // 1.2 million is whole pence but for what binary fractions make of it; 1.23456k is not.
    return Math.abs(pence - whole) < 1e-4 ? whole : undefined;
  }
  return hundredths(typed);
}

/** A number with up to two decimals, in hundredths: "2.5" is 250. */
export function readHundredths(text: string): number | undefined {
  return hundredths(text.trim());
}

/** A whole number: "1,250". */
export function readWhole(text: string): number | undefined {
  const plain = text.replaceAll(/[,\s]/g, '');
  return /^-?\d{1,15}$/.test(plain) ? Number(plain) : undefined;
}
