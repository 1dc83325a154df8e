import { worksheetTests } from '@ledger/domain';
import { askedAt, ProblemError, readParameters, type Fields, type Page } from '@ledger/http';
import { valueInWords } from '@ledger/pages';
import { commandOfForm, readPounds } from '@ledger/recording';
import { fillWorksheet } from '../application/worksheet';
import type { AssuranceParts } from '../parts';
import { SampleQuestion } from '../routes/audit-routes';
import { viewerOf } from '../routes/viewing';
import { claimFormPages } from './claim-forms';
import { errorsByField } from './parts';
import { mustBeReadable, type TypedField } from './typed-faults';

/** The name of a test in the fields of its form. */
const slugOf = (test: string): string => test.replaceAll(' ', '-');
/** What is typed of each test: its effect may take off the claim or add to it. */
const effects: readonly TypedField[] = worksheetTests.map((test) => ({
  name: `effect-${slugOf(test)}`,
  kind: 'pounds',
  signed: true,
}));
const inPounds = (pence: number | null): string => (pence === null ? '' : valueInWords('pence', pence));

function requestOf(form: Fields): Readonly<Record<string, unknown>> {
  const tests = worksheetTests.flatMap((test) => {
    const [result, effect, note] = ['result', 'effect', 'note'].map(
      (name) => form[`${name}-${slugOf(test)}`],
    );
    if (result === undefined) return [];
    return [
      {
        test,
        result,
        ...(effect !== undefined && { effectPence: readPounds(effect) ?? effect }),
        ...(note !== undefined && { note }),
      },
    ];
  });
  const { note } = form;
  return { tests, ...(note !== undefined && { note }) };
}

/** The worksheet of a claim. */
function worksheetPages(parts: () => AssuranceParts): readonly Page[] {
  return claimFormPages(parts, {
    path: '/claims/{id}/worksheet',
    permission: 'claims:audit',
    view: 'claim-worksheet',
    fields: () => effects.map(({ name }) => name),
    shown: ({ told, values, errors }) => ({
      wrong: errorsByField(errors),
      rows: worksheetTests.map((test) => {
        const known = told.worksheet?.tests.find((one) => one.test === test);
        const slug = slugOf(test);
        return {
          test,
          slug,
          result: values[`result-${slug}`] ?? known?.result ?? '',
          effect:
            values[`effect-${slug}`] ??
            (known?.effectPence === undefined ? '' : valueInWords('pence', known.effectPence)),
          note: values[`note-${slug}`] ?? '',
        };
      }),
    }),
    send: async ({ actor, form }, id) => {
      mustBeReadable(effects, form);
      const command = { ...commandOfForm(actor, form, requestOf(form)), asAuditor: true };
      return fillWorksheet(parts(), { id, ifMatch: form['revision'] }, command);
    },
  });
}

/** What auditors ask: the worksheet, samples, and how old questions are. */
export function auditPages(parts: () => AssuranceParts): readonly Page[] {
  return [
    ...worksheetPages(parts),
    {
      method: 'get',
      path: '/claim-sample',
      permission: 'records:read',
      show: async ({ query, actor }) => {
        const found = parts();
        const years = await found.queries.yearsWithRecords();
        const asked = readParameters(SampleQuestion, {
          ...query,
          year: query['year'] ?? years.at(-1) ?? '2016/17',
        });
        if ('faults' in asked)
          throw new ProblemError(400, 'INVALID_REQUEST', 'The sample cannot be drawn as it is asked for.', {
            errors: asked.faults,
          });
        const { asRecordedBy, ...design } = asked.data;
        const at = askedAt(asRecordedBy, found.recording.parts.today());
        const answer = await found.queries.claimSample({ ...design, viewer: viewerOf(actor), at });
        const { top, units, seed } = answer.design;
        const again = {
          year: answer.year,
          top: String(top),
          units: String(units),
          seed: String(seed),
          asRecordedBy: answer.position,
        };
        return {
          view: 'claim-sample',
          context: {
            answer,
            years,
            form: query,
            permanent: `/claim-sample?${new URLSearchParams(again).toString()}`,
            population: inPounds(answer.populationPence),
            sampled: inPounds(answer.sampledPence),
            interval: inPounds(answer.intervalPence),
            projected: inPounds(answer.projectedMisstatementPence),
            drawn: answer.drawn.map((one) => ({
              ...one,
              delivered: inPounds(one.deliveredPence),
              verified: inPounds(one.verifiedPence),
            })),
          },
        };
      },
    },
    {
      method: 'get',
      path: '/claim-queries',
      permission: 'records:read',
      show: async ({ actor }) => {
        const found = parts();
        const today = found.recording.parts.today();
        const answer = await found.queries.openQueries({ viewer: viewerOf(actor), today });
        return { view: 'claim-queries', context: { answer } };
      },
    },
  ];
}
