import { strToU8, zipSync } from 'fflate';

/** An OpenDocument spreadsheet from the XML of its tables, as any program may have written it. */
export function rawOds(
  tables: string,
  {
    styles = '',
    parts = {},
  }: { readonly styles?: string; readonly parts?: Readonly<Record<string, string>> } = {},
): Uint8Array {
  const all: Record<string, string> = {
    mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
    'content.xml': `<office:document-content><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`,
    ...parts,
  };
  return zipSync(Object.fromEntries(Object.entries(all).map(([name, text]) => [name, strToU8(text)])));
}

export function rawTable(rows: string, attributes = 'table:name="S1"'): string {
  return `<table:table ${attributes}>${rows}</table:table>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A sheet of texts and numbers, with spaces written as OpenDocument wants them. */
export function odsOf(rows: readonly (readonly (string | number)[])[]): Uint8Array {
  const cells = rows.map((row) =>
    row.map((cell) =>
      typeof cell === 'number'
        ? `<table:table-cell office:value-type="float" office:value="${cell}"/>`
        : `<table:table-cell office:value-type="string"><text:p>${escaped(cell).replaceAll(/ /g, '<text:s/>')}</text:p></table:table-cell>`,
    ),
  );
  return rawOds(rawTable(cells.map((row) => `<table:table-row>${row.join('')}</table:table-row>`).join('')));
}
