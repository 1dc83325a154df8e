import { strToU8, zipSync } from 'fflate';

/** A workbook from the XML of its parts, as any program may have written it. */
export function rawWorkbook(
  sheets: readonly string[],
  parts: Readonly<Record<string, string>> = {},
): Uint8Array {
  const listed = sheets.map((_, at) => `<sheet name="S${at + 1}" sheetId="${at + 1}" r:id="r${at + 1}"/>`);
  const related = sheets.map((_, at) => `<Relationship Id="r${at + 1}" Target="worksheets/s${at + 1}.xml"/>`);
  const all: Record<string, string> = {
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${related.join('')}</Relationships>`,
    ...Object.fromEntries(sheets.map((xml, at) => [`xl/worksheets/s${at + 1}.xml`, xml])),
    ...parts,
  };
  return zipSync(Object.fromEntries(Object.entries(all).map(([name, text]) => [name, strToU8(text)])));
}

/** A sheet from the XML of its rows. */
export function rawSheet(rows: string, after = '', before = ''): string {
  return `<worksheet>${before}<sheetData>${rows}</sheetData>${after}</worksheet>`;
}
