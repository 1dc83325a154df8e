import { dateInWords, financialYearLabel, parseSpanText } from '@ledger/calendar';
import { cellText, serialDay, type CellValue } from '@ledger/spreadsheets';
import { inPlaces, readPounds } from '../forms/amount-text';
import { nearestAmounts, nearestAnswers, nearestChoices } from './nearest-answers';
import { question, rejection, type CellFault } from './row-faults';

/** A cell as the text that a form would take, or what is wrong with it. */
export type ReadCell = { readonly text: string } | { readonly fault: CellFault };

/** A bare number that is a day where days are asked for: 1 January 1950 and later. */
const firstSerial = 18_264;
const lastSerial = 73_050;

/** What a cell's reading depends on beside the cell. */
export interface CellSetting {
  /** Whether days count from 1904; undefined where the file does not say. */
  readonly date1904: boolean | undefined;
  readonly unit: 'pounds' | 'thousands' | 'millions' | undefined;
  readonly heading: string;
}

/** A day or span: the British way, by the date system of the file, and asked where it may be another. */
export function readWhen(cell: CellValue, { date1904 }: CellSetting): ReadCell {
  const text = cellText(cell);
  if (typeof cell === 'object') return { text };
  if (/^\d{5}$/.test(text) && Number(text) >= firstSerial && Number(text) <= lastSerial) {
    const [of1900 = '', of1904 = ''] = [serialDay(Number(text), false), serialDay(Number(text), true)];
    if (date1904 !== undefined) return { text: date1904 ? of1904 : of1900 };
    return {
      fault: question(
        'date-two-ways',
        `“${text}” is a day as spreadsheets count them; it is ${dateInWords(of1900)}, or ${dateInWords(of1904)} if the workbook counted from 1904; write the day out`,
        dateInWords(of1900),
        dateInWords(of1904),
      ),
    };
  }
  const year = typeof cell === 'number' && /^\d{6}$/.test(text) ? Number(text) : undefined;
  if (year !== undefined) return { text: financialYearLabel(year) };
  const short = /^([a-z]{3,9})\.?[ -](\d{2})$/i.exec(text);
  if (short !== null && Number(short[2]) >= 1 && Number(short[2]) <= 31) {
    const month = parseSpanText(`${short[1]} 20${short[2]}`);
    if ('from' in month)
      return {
        fault: question(
          'date-two-ways',
          `“${text}” may be a month of 20${short[2]}, or the ${short[2]}th of a month without its year; write it out`,
          `${short[1]} 20${short[2]}`,
        ),
      };
  }
  return { text };
}

const units = { pounds: '', thousands: 'k', millions: 'm' } as const;

/** Headings that say what the numbers below them count. */
const thousandsHeading = /£\s*['’]?(0?00s?|k)\b|\bin thousands\b|\(k\)|\b000s\b/i;
const millionsHeading = /£\s*m\b|\bin millions\b|\(m\)|£\s*million/i;

/** An amount in pounds: with £, commas, k, m, or in brackets for what is negative. */
export function readAmount(cell: CellValue, { unit, heading }: CellSetting): ReadCell {
  let text = cellText(cell);
  if (typeof cell === 'object' && 'date' in cell)
    return { fault: rejection('unreadable', `the cell holds a day, ${dateInWords(text)}, and no amount`) };
  const bracketed = /^\((.+)\)$/.exec(text)?.[1];
  if (bracketed !== undefined) text = `-${bracketed}`;
  const plain = text.replaceAll(/[£\s]/g, '');
  const misgrouped = /,/.test(plain) && !/^-?\d{1,3}(,\d{3})+(\.\d+)?[km]?$/i.test(plain);
  if (misgrouped && /^-?[\d,.]+[km]?$/i.test(plain)) {
    const point = plain.replace(/\.(?=.*,)/g, '').replace(',', '.');
    return {
      fault: question(
        'amount-two-ways',
        `“${text}” has a comma where thousands have none; it may be a decimal comma or a slip; write it as 12,500 or 12500.50`,
        /^-?\d+\.\d{1,2}$/.test(point) ? point : nearestAmounts(plain)[0],
      ),
    };
  }
  if (typeof cell === 'string' && /^-?\d{1,3}\.\d{3}$/.test(plain))
    return {
      fault: question(
        'amount-two-ways',
        `“${text}” may be ${plain.replace('.', ',')} or a number with three decimals; write pounds as 12,500 or 12500.50`,
        plain.replace('.', ','),
      ),
    };
  if (/[km]$/i.test(plain)) return amountRead(plain, cell, unit);
  if (unit !== undefined && unit !== 'pounds' && text.includes('£'))
    return {
      fault: question(
        'amount-two-ways',
        `“${text}” stands where ${unit} are counted; it may be pounds or ${unit}; write it without £ as ${unit}, or with k or m at its end`,
        ...eitherUnit(plain, unit),
      ),
    };
  const said = thousandsHeading.test(heading)
    ? 'thousands'
    : millionsHeading.test(heading)
      ? 'millions'
      : undefined;
  if (unit === undefined && said !== undefined)
    return {
      fault: question(
        'unit-two-ways',
        `the heading “${heading.slice(0, 60)}” says ${said}, and the column is read as pounds; say where the columns are named what the numbers count`,
        `${plain}${units[said]}`,
      ),
    };
  return amountRead(`${plain}${unit === undefined || !/\d$/.test(plain) ? '' : units[unit]}`, cell, unit);
}

/** The text of an amount, or that it is none. */
function amountRead(text: string, cell: CellValue, unit: CellSetting['unit']): ReadCell {
  if (text === '' || readPounds(text) !== undefined) return { text };
  const written = cellText(cell);
  return {
    fault: rejection(
      'unreadable',
      `“${written.slice(0, 60)}” is no amount; write pounds as 12,500 or 12500.50`,
      ...nearestAnswers('unreadable', written, 'pounds', unit),
    ),
  };
}

/** An amount in pounds as thousands or millions; and as it would be if those had been meant. */
function eitherUnit(plain: string, unit: 'thousands' | 'millions'): readonly string[] {
  const pence = readPounds(plain);
  if (pence === undefined) return [];
  const inUnit = inPlaces(pence, unit === 'thousands' ? 5 : 8).replace(/\.?0+$/, '');
  // Of small sums of pounds the ledger would not take so many decimals.
  return /^-?\d+(\.\d{1,4})?$/.test(inUnit) ? [inUnit, plain] : [];
}

/** Yes or no, or a choice whatever its case. */
export function readChoice(cell: CellValue, options: readonly string[]): ReadCell {
  const text = cellText(cell);
  const folded = text.toLowerCase().replaceAll('’', "'");
  const yesNo = options[0] === 'yes' ? ({ y: 'yes', true: 'yes', n: 'no', false: 'no' } as const) : {};
  const meant = folded in yesNo ? String(Reflect.get(yesNo, folded)) : folded;
  const found = options.find((option) => option.toLowerCase() === meant);
  if (found !== undefined) return { text: found };
  return {
    fault: rejection(
      'not-among',
      `“${text.slice(0, 60)}” must be one of: ${options.join(', ')}`,
      ...nearestChoices(text, options),
    ),
  };
}
