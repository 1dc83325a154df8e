import { financialYearLabel } from '@ledger/calendar';
import { Router, type Request, type Response } from 'express';
import { asProblem, problemOf, ProblemError } from '@ledger/http';
import { z } from 'zod';
import { explainQuestion } from '../api/explain-question';
import {
  asked,
  askedAt,
  ExplainParameters,
  TakeUpParameters,
  takeUpOf,
  Year,
  yearOf,
} from '../api/parameters';
import type { ReportingParts } from '../api/reporting-parts';
import { govukStyles, ledgerStyles, render } from './views';

type Parameters = Readonly<Record<string, string>>;

/** The parameters of an address that are not empty: a form sends empty fields too. */
function given(request: Request): Parameters {
  return Object.fromEntries(
    Object.entries(request.query).flatMap(([name, value]) =>
      typeof value === 'string' && value !== '' ? [[name, value]] : [],
    ),
  );
}

/** @throws ProblemError naming each parameter at fault */
function check<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new ProblemError(400, 'INVALID_REQUEST', 'The question cannot be answered as it is put.', { errors });
}

function address(path: string, parameters: Parameters, more: Parameters = {}): string {
  return `${path}?${new URLSearchParams({ ...parameters, ...more }).toString()}`;
}

/** The year asked about, or the newest that has records. */
async function yearAsked(
  parts: ReportingParts,
  parameters: Parameters,
): Promise<{ year: string; years: readonly string[] }> {
  const years = await parts.queries.yearsWithRecords();
  const year = check(Year, parameters['year'] ?? years[0] ?? '2016/17');
  const label = financialYearLabel(yearOf(year));
  return { year, years: years.includes(label) ? years : [...years, label] };
}

const Recorded = z.object({ asRecordedBy: asked.asRecordedBy });

/** Server-rendered pages: one for each question, every number linked to its explanation. No script is needed. */
export function pageRoutes(parts: () => ReportingParts): Router {
  const router = Router();
  const page = (path: string, show: (parameters: Parameters) => Promise<string>): void => {
    router.get(path, async (request: Request, response: Response) => {
      try {
        response.type('html').send(await show(given(request)));
      } catch (error) {
        const problem = asProblem(error);
        if (problem === undefined) throw error;
        response
          .status(problem.status)
          .type('html')
          .send(render('problem', { problem: problemOf(problem) }));
      }
    });
  };

  page('/', async () => {
    const { queries } = parts();
    return render('home', {
      years: await queries.yearsWithRecords(),
      coverage: await queries.figureCoverage(),
    });
  });

  page('/annual-totals', async (parameters) => {
    const found = parts();
    const { asRecordedBy } = check(Recorded, parameters);
    const { year, years } = await yearAsked(found, parameters);
    const answer = await found.queries.annualTotals({
      year: yearOf(year),
      at: askedAt(asRecordedBy, found.today()),
    });
    const csv = address('/api/annual-totals', { ...parameters, year, format: 'csv' });
    return render('annual-totals', { answer, csv, form: { years, year: answer.year, asRecordedBy } });
  });

  page('/savings', async (parameters) => {
    const found = parts();
    const { asRecordedBy } = check(Recorded, parameters);
    const { year, years } = await yearAsked(found, parameters);
    const answer = await found.queries.savings({
      year: yearOf(year),
      at: askedAt(asRecordedBy, found.today()),
    });
    const csv = address('/api/savings', { ...parameters, year, format: 'csv' });
    return render('savings', { answer, csv, form: { years, year: answer.year, asRecordedBy } });
  });

  page('/take-up', async ({ of, ...parameters }) => {
    const found = parts();
    // The form names measure or offer in one field; addresses name them apart.
    const [kind, id] = of?.split(':') ?? [];
    const named = kind !== undefined && id !== undefined ? { [kind]: id } : {};
    const { year, years } = await yearAsked(found, parameters);
    const asOf =
      'measure' in parameters || 'offer' in parameters || 'programme' in parameters || of !== undefined
        ? {}
        : { measure: 'peer-challenges' };
    const question = { by: 'type', ...asOf, ...parameters, ...named, year };
    const { by, asRecordedBy, ...rest } = check(TakeUpParameters, question);
    const answer = await found.queries.takeUp({
      of: takeUpOf(rest),
      year: yearOf(year),
      by,
      at: askedAt(asRecordedBy, found.today()),
    });
    const [asking] = Object.entries(takeUpOf(rest));
    return render('take-up', {
      answer,
      rows: [...answer.rows, answer.total],
      csv: address('/api/take-up', { ...question, format: 'csv' }),
      measures: await found.queries.measures(),
      offers: await found.queries.offers(),
      form: { years, year: answer.year, asRecordedBy, of: asking?.join(':') },
    });
  });

  page('/explain', async (parameters) => {
    const found = parts();
    const query = check(ExplainParameters, parameters);
    const answer = await found.queries.explain(explainQuestion(query, found.today()));
    return render('explain', {
      answer,
      next: answer.next === null ? null : address('/explain', parameters, { cursor: answer.next }),
    });
  });

  const styles = { '/assets/govuk.css': govukStyles(), '/assets/ledger.css': ledgerStyles() };
  for (const [path, text] of Object.entries(styles))
    router.get(path, (_request, response) => {
      response.type('css').setHeader('Cache-Control', 'max-age=3600');
      response.send(text);
    });
  return router;
}
