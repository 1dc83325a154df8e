import { randomUUID } from 'node:crypto';
import { DecisionRefused } from '@ledger/domain';
import { CorrectionReason, mostAnswers } from '@ledger/events';
import { ProblemError, upperFirst, type Page, type PageAnswer, type PageCall } from '@ledger/http';
import { typeTitle } from '@ledger/pages';
import { UnreadableWorkbookError } from '@ledger/spreadsheets';
import { refused } from '../application/faults';
import { areFew, longestValue, type Answers } from '../imports/answers';
import { importTypes, isImportType } from '../imports/import-types';
import { importFile } from '../imports/import-file';
import { savedMappings } from '../imports/known-imports';
import { inTheWay, isLoadable, type ImportReport } from '../imports/report';
import { resultWorkbook } from '../imports/result-workbook';
import { templateWorkbook } from '../imports/template-workbook';
import { answersWith, answersWithout, markOf, placesToLookAt } from './answering';
import { columnPages } from './column-pages';
import { addressOfImport, importListPages } from './import-list-pages';
import type { ShownError } from './mapping-form';
import { commandOfForm, reasonsToChoose, type RecordingPagesParts } from './parts';
import { addressOfAdjustment } from './proposing';
import { Uploads } from './uploads';

/** Rows with faults that a page shows; the copy of the file has all. */
const mostShown = 200;

function errorsOf(error: unknown): readonly ShownError[] {
  if (error instanceof UnreadableWorkbookError) return [{ text: error.message, field: 'file' }];
  if (error instanceof DecisionRefused)
    return error.faults.map(({ message }) => ({ text: upperFirst(message), field: null }));
  throw error;
}

/** The rows that change a record, with the fields that do. */
function changedRows(report: ImportReport): readonly Readonly<Record<string, unknown>>[] {
  return report.sheets.flatMap(({ name, rows }) =>
    rows.flatMap(({ row, outcome, record, fields }) =>
      outcome === 'changes' ? [{ sheet: name, row, record, fields }] : [],
    ),
  );
}

function commandOf(call: PageCall, dryRun: boolean): ReturnType<typeof commandOfForm> {
  return commandOfForm(call.actor, { key: randomUUID(), ...call.form }, {}, dryRun);
}

/** Whether the file is to be proposed as an adjustment to closed time, in the place of being loaded. */
function isProposing({ query, form }: PageCall): boolean {
  return (query['propose'] ?? form['propose']) === 'yes';
}

/** The reason of a proposal; while it is only tried, whatever it will be. @throws DecisionRefused where none is chosen */
function reasonOf({ form }: PageCall, dryRun: boolean): CorrectionReason {
  if (dryRun) return 'other';
  const reason = CorrectionReason.safeParse(form['reason']);
  if (!reason.success) throw refused('missing', 'reason', 'choose a reason');
  return reason.data;
}

/** Where a file is tried. */
function addressOfFile(file: string, map: string, proposing: boolean): string {
  return `/imports/files/${file}?${new URLSearchParams({ map, ...(proposing && { propose: 'yes' }) }).toString()}`;
}

/** Bringing in a file: choose it, say what its columns mean, try it, load it. Each step without a script. */
export function importPages(parts: () => RecordingPagesParts): readonly Page[] {
  const uploads = new Uploads();

  const choose = async (
    actor: string,
    values: PageCall['form'],
    errors: readonly ShownError[],
  ): Promise<PageAnswer> => {
    const saved = savedMappings(await parts().recording.parts.imports());
    const types = importTypes.map((type) => ({ type, title: typeTitle(type) }));
    return {
      view: 'import-new',
      context: {
        values,
        errors,
        types,
        saved: [...saved.values()],
        heldName: uploads.nameOf(actor, values['held']),
      },
      ...(errors.length > 0 && { status: 422 }),
    };
  };

  const tried = (
    call: PageCall,
    report: ImportReport,
    map: string,
    errors: readonly ShownError[] = [],
  ): PageAnswer => {
    const places = placesToLookAt(report);
    const changes = changedRows(report);
    return {
      view: 'import-check',
      context: {
        file: call.params['file'],
        map,
        name: uploads.of(call.actor.id, call.params['file']).name,
        own: !isImportType(map),
        changes: changes.slice(0, mostShown),
        moreChanges: Math.max(0, changes.length - mostShown),
        report,
        blocked: inTheWay(report.totals),
        loads: report.totals.new + report.totals.changes + report.totals.warning,
        severalSheets: report.sheets.filter(({ rows }) => rows.length > 0).length > 1,
        loadable: isLoadable(report.totals),
        anything: report.totals.new + report.totals.changes > 0,
        wantsComment: report.totals.warning > 0,
        proposing: isProposing(call),
        // What stands in the way beside closed time, whichever way the file is sent.
        closedRows: report.totals.closed,
        reasons: reasonsToChoose,
        places: places.slice(0, mostShown),
        more: Math.max(0, places.length - mostShown),
        answered: markOf(answersTo(call, map)),
        errors,
        duplicates: report.duplicates.slice(0, mostShown),
        gone: report.gone.slice(0, mostShown),
        values: { key: randomUUID(), ...call.form },
      },
      ...(call.request.method === 'POST' && { status: 422 }),
    };
  };

  const answersTo = ({ actor, params }: PageCall, map: string): Answers =>
    uploads.answersTo(actor.id, params['file'], map);

  const run = async (call: PageCall, dryRun: boolean, map: string): Promise<ImportReport> => {
    const file = uploads.of(call.actor.id, call.params['file']);
    const { comment, note } = call.form;
    const answers = answersTo(call, map);
    const proposal = isProposing(call) ? { reason: reasonOf(call, dryRun), note } : undefined;
    const sent = { ...file, map, comment, answers, proposal };
    return importFile(parts().recording, commandOf(call, dryRun), sent);
  };

  /** Tries a file; answers about what its mapping does not read any more are dropped. */
  const tryFile = async (
    call: PageCall,
    map: string,
  ): Promise<{ readonly report: ImportReport; readonly dropped: readonly ShownError[] }> => {
    try {
      return { report: await run(call, true, map), dropped: [] };
    } catch (error) {
      const stale =
        error instanceof DecisionRefused
          ? error.faults.flatMap(({ code, path }) =>
              code === 'answer-place' ? [path.slice('answers.'.length)] : [],
            )
          : [];
      if (stale.length === 0) throw error;
      const { actor, params } = call;
      uploads.answer(actor.id, params['file'], map, answersWithout(answersTo(call, map), stale));
      const text = `The answers to ${stale.join(', ')} are dropped: nothing is read there any more`;
      return { report: await run(call, true, map), dropped: [{ text, field: null }] };
    }
  };

  /** The page of a file as it stands now, with what is wrong with what was just asked. */
  const shown = async (call: PageCall, map: string, problem?: string): Promise<PageAnswer> => {
    const { report, dropped } = await tryFile(call, map);
    return tried(call, report, map, [
      ...(problem === undefined ? [] : [{ text: problem, field: null }]),
      ...dropped,
    ]);
  };

  return [
    {
      method: 'get',
      path: '/imports/new',
      permission: 'records:write',
      show: ({ actor, query }) => choose(actor.id, query, []),
    },
    {
      method: 'post',
      path: '/imports/new',
      permission: 'records:write',
      takesFile: true,
      show: async ({ actor, file, form }) => {
        const { map = '', held } = form;
        const isHeld = uploads.nameOf(actor.id, held) !== undefined;
        const id = file === undefined ? (isHeld ? held : undefined) : uploads.keep(actor.id, file);
        if (id === undefined) return choose(actor.id, form, [{ text: 'Choose a file', field: 'file' }]);
        // The file need not be chosen again.
        if (map === '')
          return choose(actor.id, { ...form, held: id }, [
            { text: 'Say how the file is read', field: 'map' },
          ]);
        const own = /^own:(\w+)$/.exec(map)?.[1];
        return {
          redirect:
            own === undefined
              ? `/imports/files/${id}?map=${encodeURIComponent(map)}`
              : `/imports/files/${id}/columns?type=${own}`,
        };
      },
    },
    {
      method: 'get',
      path: '/imports/templates/{type}',
      permission: 'records:write',
      show: async ({ params }) => {
        const { type = '' } = params;
        if (!isImportType(type))
          throw new ProblemError(404, 'NOT_FOUND', 'There is no template of that kind.');
        const reference = await parts().recording.parts.reference();
        return { workbook: templateWorkbook(type, reference), filename: `${type}.xlsx` };
      },
    },
    ...columnPages(parts, uploads),
    {
      method: 'get',
      path: '/imports/files/{file}',
      permission: 'records:write',
      show: async (call) => {
        const map = call.query['map'] ?? '';
        try {
          return await shown(call, map);
        } catch (error) {
          const errors = errorsOf(error);
          // What cannot be proposed is shown as it is loaded, with why.
          if (isProposing(call))
            return shown({ ...call, query: { map } }, map, errors.map(({ text }) => text).join('; '));
          return choose(call.actor.id, { map }, errors);
        }
      },
    },
    {
      method: 'get',
      path: '/imports/files/{file}/results',
      permission: 'records:write',
      show: async (call) => {
        const { bytes, name } = uploads.of(call.actor.id, call.params['file']);
        const { report } = await tryFile(call, call.query['map'] ?? '');
        return { workbook: await resultWorkbook(bytes, name, report), filename: 'results.xlsx' };
      },
    },
    {
      method: 'post',
      path: '/imports/files/{file}/answers',
      permission: 'records:write',
      show: async (call) => {
        const { actor, form, params } = call;
        const map = form['map'] ?? '';
        const answers = answersWith(answersTo(call, map), form);
        const long = Object.values(answers.cells).some((value) => value.length > longestValue);
        const problem = long
          ? `A value is longer than ${longestValue} characters; put the file itself right`
          : areFew(answers)
            ? undefined
            : `More than ${mostAnswers} cells and rows are answered; put the file itself right`;
        if (problem !== undefined) return shown(call, map, problem);
        uploads.answer(actor.id, params['file'], map, answers);
        return {
          redirect: `${addressOfFile(params['file'] ?? '', map, isProposing(call))}#look-at`,
        };
      },
    },
    {
      method: 'post',
      path: '/imports/files/{file}',
      permission: 'records:write',
      show: async (call) => {
        const map = call.form['map'] ?? '';
        if (call.form['answered'] !== markOf(answersTo(call, map)))
          return shown(call, map, 'Something was answered since; look at what the file would do now');
        let report;
        try {
          report = await run(call, false, map);
        } catch (error) {
          if (!(error instanceof DecisionRefused) || !isProposing(call)) throw error;
          return await shown(call, map, error.faults.map(({ message }) => upperFirst(message)).join('; '));
        }
        if (report.proposed !== null) {
          uploads.letGo(call.params['file'] ?? '');
          return { redirect: addressOfAdjustment(report.proposed, report.cursor) };
        }
        if (report.import === null) return tried(call, report, map);
        // A workbook may have sheets of other kinds.
        const more = report.sheets.length > 1;
        const { file = '' } = call.params;
        if (!more) uploads.letGo(file);
        return {
          redirect: addressOfImport(report.import, 'loaded', report.cursor, more ? { file } : {}),
        };
      },
    },
    ...importListPages(parts),
  ];
}
