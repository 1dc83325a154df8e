import { join } from 'node:path';
import { Environment, FileSystemLoader } from 'nunjucks';

const shared = join(__dirname, '..', 'views');
const number = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });
const moment = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'Europe/London',
});
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** Renders a view to HTML; everything put into it is escaped. */
export type Render = (view: string, context: Readonly<Record<string, unknown>>) => string;

/** The views of a service, with the shared ones (layout, problem, macros of fields) beside them. */
export function viewsIn(folder: string): Render {
  const environment = new Environment(new FileSystemLoader([folder, shared]), {
    autoescape: true,
    throwOnUndefined: false,
    trimBlocks: true,
    lstripBlocks: true,
  });
  environment.addFilter('number', (value: number) => number.format(value));
  /** The page that shows what an address of the API answers. */
  environment.addFilter('page', (address: string) => address.replace(/^\/api\//, '/'));
  /** An instant, UTC, as people in London read it. */
  environment.addFilter('moment', (instant: string) => moment.format(new Date(instant)));
  /** A London date as people read it: 4 September 2018. */
  environment.addFilter('day', (date: string) => day.format(new Date(`${date}T00:00:00Z`)));
  return (view, context) => environment.render(`${view}.njk`, context);
}
