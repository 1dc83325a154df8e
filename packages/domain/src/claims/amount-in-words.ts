/**
 * An amount of whole pence, not negative, as a refusal names it: “£1,250.50 (125050 pence)”. One person typed pounds on a
 * page, another sent pence; both see at once which of the two was meant.
 */
export function amountInWords(pence: number): string {
  return `£${poundsText(pence)} (${pence} pence)`;
}

/** Whole pence, not negative, as pounds with commas between thousands, and pence where there are some: “1,250.50”. */
export function poundsText(pence: number): string {
  const digits = String(pence).padStart(3, '0');
  const pounds = digits.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  const rest = digits.slice(-2);
  return rest === '00' ? pounds : `${pounds}.${rest}`;
}
