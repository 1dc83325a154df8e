/** A number to three digits, with thousands parted: 12,300, 4.56, 0.0123. */
export function numberText(value: number): string {
  if (value === 0) return '0';
  const digits = Math.floor(Math.log10(Math.abs(value)));
  if (digits >= 3) return Math.round(value).toLocaleString('en-GB');
  return value.toFixed(Math.min(4, Math.max(0, 2 - digits)));
}

/** How far measurements lie apart, in whole hundredths: ±12 % is half of the way from the least to the most. */
export function spreadText(spread: number): string {
  return `±${Math.round(spread * 50)} %`;
}
