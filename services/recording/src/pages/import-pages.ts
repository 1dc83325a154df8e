import { randomUUID } from 'node:crypto';
import { DecisionRefused } from '@ledger/domain';
import { ProblemError, type Page, type PageAnswer, type PageCall } from '@ledger/http';
import { typeTitle } from '@ledger/pages';
import { UnreadableWorkbookError } from '@ledger/spreadsheets';
import { upperFirst } from '../first-letter';
import { importTypes, isImportType } from '../imports/import-types';
import { importFile } from '../imports/import-file';
import { savedMappings } from '../imports/known-imports';
import { isLoadable, type ImportReport, type Totals } from '../imports/report';
import { resultWorkbook } from '../imports/result-workbook';
import { templateWorkbook } from '../imports/template-workbook';
import { columnPages } from './column-pages';
import { addressOfImport, importListPages } from './import-list-pages';
import type { ShownError } from './mapping-form';
import { commandOfForm, type RecordingPagesParts } from './parts';
import { Uploads } from './uploads';

/** Rows with faults that a page shows; the copy of the file has all. */
const mostShown = 200;

function errorsOf(error: unknown): readonly ShownError[] {
  if (error instanceof UnreadableWorkbookError) return [{ text: error.message, field: 'file' }];
  if (error instanceof DecisionRefused)
    return error.faults.map(({ message }) => ({ text: upperFirst(message), field: null }));
  throw error;
}

/** The rows of a report that want something, as a table. */
function faultRows(report: ImportReport): readonly Readonly<Record<string, unknown>>[] {
  return report.sheets.flatMap(({ name, rows }) =>
    rows.flatMap(({ row, outcome, faults }) =>
      faults.map((fault) => ({ sheet: name, row, outcome, ...fault, message: upperFirst(fault.message) })),
    ),
  );
}

/** The rows that change a record, with the fields that do. */
function changedRows(report: ImportReport): readonly Readonly<Record<string, unknown>>[] {
  return report.sheets.flatMap(({ name, rows }) =>
    rows.flatMap(({ row, outcome, record, fields }) =>
      outcome === 'changes' ? [{ sheet: name, row, record, fields }] : [],
    ),
  );
}

/** What keeps a file from being loaded, in words; a warning needs only a comment. */
function inTheWay({ rejected, question, sheetFaults }: Totals): readonly string[] {
  const said = (count: number, one: string, several: string): string[] =>
    count === 0 ? [] : [`${count} ${count === 1 ? one : several}`];
  return [
    ...said(rejected, 'row is refused', 'rows are refused'),
    ...said(question, 'row asks a question', 'rows ask a question'),
    ...said(sheetFaults, 'thing is wrong with the columns', 'things are wrong with the columns'),
  ];
}

function commandOf(call: PageCall, dryRun: boolean): ReturnType<typeof commandOfForm> {
  return commandOfForm(call.actor, { key: randomUUID(), ...call.form }, {}, dryRun);
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

  const tried = async (call: PageCall, report: ImportReport, map: string): Promise<PageAnswer> => {
    const faults = faultRows(report);
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
        faults: faults.slice(0, mostShown),
        more: Math.max(0, faults.length - mostShown),
        duplicates: report.duplicates.slice(0, mostShown),
        gone: report.gone.slice(0, mostShown),
        values: { key: randomUUID(), ...call.form },
      },
      ...(call.request.method === 'POST' && { status: 422 }),
    };
  };

  const run = async (call: PageCall, dryRun: boolean, map: string): Promise<ImportReport> => {
    const file = uploads.of(call.actor.id, call.params['file']);
    const comment = call.form['comment'];
    return importFile(parts().recording, commandOf(call, dryRun), { ...file, map, comment });
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
          return await tried(call, await run(call, true, map), map);
        } catch (error) {
          return choose(call.actor.id, { map }, errorsOf(error));
        }
      },
    },
    {
      method: 'get',
      path: '/imports/files/{file}/results',
      permission: 'records:write',
      show: async (call) => {
        const { bytes, name } = uploads.of(call.actor.id, call.params['file']);
        const report = await run(call, true, call.query['map'] ?? '');
        return { workbook: await resultWorkbook(bytes, name, report), filename: 'results.xlsx' };
      },
    },
    {
      method: 'post',
      path: '/imports/files/{file}',
      permission: 'records:write',
      show: async (call) => {
        const map = call.form['map'] ?? '';
        const report = await run(call, false, map);
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
