import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Environment, FileSystemLoader } from 'nunjucks';

const folder = join(__dirname, '..', '..', 'views');
const number = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

const environment = new Environment(new FileSystemLoader(folder), {
  autoescape: true,
  throwOnUndefined: false,
});
environment.addFilter('number', (value: number) => number.format(value));
/** The page that shows what an address of the API answers. */
environment.addFilter('page', (address: string) => address.replace(/^\/api\//, '/'));

/** Renders a view to HTML; everything put into it is escaped. */
export function render(view: string, context: Readonly<Record<string, unknown>>): string {
  return environment.render(`${view}.njk`, context);
}

/** The design system's styles without its typeface, which only government's own services may use. */
export function govukStyles(): string {
  const styles = readFileSync(
    join(dirname(require.resolve('govuk-frontend/package.json')), 'dist', 'govuk', 'govuk-frontend.min.css'),
    'utf8',
  );
  return styles.replaceAll(/@font-face\{[^}]*\}/g, '').replaceAll('"GDS Transport",', '');
}

export function ledgerStyles(): string {
  return readFileSync(join(folder, 'ledger.css'), 'utf8');
}
