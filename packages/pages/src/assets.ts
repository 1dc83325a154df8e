import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const design = join(dirname(require.resolve('govuk-frontend/package.json')), 'dist', 'govuk');
const own = join(__dirname, '..', 'views');

/** The design system's styles without its typeface, which only government's own services may use. */
function govukStyles(): string {
  const styles = readFileSync(join(design, 'govuk-frontend.min.css'), 'utf8');
  return styles.replaceAll(/@font-face\{[^}]*\}/g, '').replaceAll('"GDS Transport",', '');
}

/** Files that pages refer to, by address. */
export function pageAssets(): Readonly<Record<string, { readonly type: string; readonly text: string }>> {
  return {
    '/assets/govuk.css': { type: 'css', text: govukStyles() },
    '/assets/ledger.css': { type: 'css', text: readFileSync(join(own, 'ledger.css'), 'utf8') },
    '/assets/ledger.js': { type: 'js', text: readFileSync(join(own, 'ledger.js'), 'utf8') },
  };
}
