/** How much is done, and from which seed: few rounds in the continuous run, many in the long one. */
function whole(name: string, usual: number): number {
  const text = process.env[name];
  if (text === undefined) return usual;
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(`${name} is a whole number, not “${text}”`);
  return Number(text);
}

export const options = {
  /** The first seed; the following rounds have the following numbers. */
  seed: whole('LEDGER_SEED', 1),
  kills: whole('LEDGER_KILLS', 10),
  walCuts: whole('LEDGER_WAL_CUTS', 40),
  powerCuts: whole('LEDGER_POWER_CUTS', 40),
  faults: whole('LEDGER_FAULTS', 60),
};
