import { addDays } from '@ledger/calendar';

/**
 * The day that a serial number means. The system of 1900 counts a 29 February 1900 that there never was, so its days
 * before March 1900 are one further on; the system of 1904 counts from 1 January 1904 as 0. Undefined for a bare
 * time of day and for what is no day of either system.
 */
export function serialDay(serial: number, date1904: boolean): string | undefined {
  const days = Math.floor(serial);
  if (!Number.isFinite(serial) || days < 1 || days > 2_900_000) return undefined;
  if (date1904) return addDays('1904-01-01', days);
  if (days === 60) return undefined;
  return addDays(days < 60 ? '1899-12-31' : '1899-12-30', days);
}
