/** A whole number of the environment, or the usual one. @throws RangeError for anything else */
export function wholeNumber(name: string, usual: number): number {
  const text = process.env[name];
  if (text === undefined) return usual;
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(`${name} is a whole number, not “${text}”`);
  return Number(text);
}
