import { randomUUID } from 'node:crypto';
import { DecisionRefused } from '@ledger/domain';
import { ProblemError, upperFirst, type Page, type PageAnswer, type PageCall } from '@ledger/http';
import { typeTitle } from '@ledger/pages';
import { isImportType } from '../imports/import-types';
import { savedMappings } from '../imports/known-imports';
import type { Mapping } from '../imports/mapping';
import { saveMapping } from '../imports/mappings';
import type { FormType } from '../forms/form-fields';
import { offerColumns, offeredFields } from './import-columns';
import {
  fixedFields,
  formOfMapping,
  mappingOfForm,
  missingFields,
  nameOfLabel,
  placeOfFault,
  shownFixed,
  type ShownError,
} from './mapping-form';
import { commandOfForm, type RecordingPagesParts } from './parts';
import type { Uploads } from './uploads';

function addressOf(file: string | undefined, map: string): string {
  return `/imports/files/${file}?map=${encodeURIComponent(map)}`;
}

/** Saying what the columns of a file mean, and saying it anew: saved, so that the next file needs no word. */
export function columnPages(parts: () => RecordingPagesParts, uploads: Uploads): readonly Page[] {
  const savedAs = async (name: string): Promise<Mapping | undefined> =>
    savedMappings(await parts().recording.parts.imports()).get(name);

  const typeAsked = ({ query }: PageCall, changed: Mapping | undefined): FormType => {
    const type = changed?.type ?? query['type'] ?? '';
    if (isImportType(type)) return type;
    throw new ProblemError(404, 'NOT_FOUND', 'There is no such kind of record; choose one at /imports/new.');
  };

  const show = async (call: PageCall, errors: readonly ShownError[]): Promise<PageAnswer> => {
    const { query, form, params } = call;
    const changed = await savedAs(query['map'] ?? '');
    const type = typeAsked(call, changed);
    const file = uploads.of(call.actor.id, params['file']);
    const asked = { sheet: query['sheet'], header: query['header'], two: query['two'] === 'yes' };
    const header = await offerColumns(file, type, asked, changed);
    const values = {
      key: randomUUID(),
      ...(changed !== undefined && formOfMapping(changed, header)),
      ...form,
    };
    const reference = await parts().recording.parts.reference();
    return {
      view: 'import-columns',
      context: {
        type,
        title: typeTitle(type),
        name: file.name,
        file: params['file'],
        map: changed?.name,
        header,
        fields: offeredFields(type),
        fixed: fixedFields(type).map((field) => shownFixed(field, reference, values)),
        replaces: errors.some(({ field }) => field === 'replace') ? nameOfLabel(form['label'] ?? '') : null,
        values,
        errors,
      },
      ...(errors.length > 0 && { status: 422 }),
    };
  };

  /** What stands in the way of saving what a page says. */
  const problems = async (call: PageCall, type: FormType): Promise<readonly ShownError[]> => {
    const { form, query } = call;
    const name = nameOfLabel(form['label'] ?? '');
    const unnamed =
      name === ''
        ? [{ text: 'Give a name under which this is kept, such as Our tracker', field: 'label' }]
        : [];
    const there = await savedAs(name);
    const taken =
      there !== undefined && there.name !== query['map'] && form['replace'] !== name
        ? [
            {
              text: `“${there.label}” is kept under that name already; choose another, or replace it`,
              field: 'replace',
            },
          ]
        : [];
    return [...missingFields(type, form), ...unnamed, ...taken];
  };

  const refusals = (error: unknown, form: PageCall['form']): readonly ShownError[] => {
    if (!(error instanceof DecisionRefused)) throw error;
    return error.faults.map(({ path, message }) => {
      const place = placeOfFault(path, form);
      return place === undefined
        ? { text: upperFirst(message), field: null }
        : { text: `Column “${place.heading}”: ${message}`, field: place.field };
    });
  };

  return [
    {
      method: 'get',
      path: '/imports/files/{file}/columns',
      permission: 'records:write',
      show: (call) => show(call, []),
    },
    {
      method: 'post',
      path: '/imports/files/{file}/columns',
      permission: 'records:write',
      show: async (call) => {
        const { form, actor, params } = call;
        const type = typeAsked(call, await savedAs(call.query['map'] ?? ''));
        const found = await problems(call, type);
        if (found.length > 0) return show(call, found);
        const mapping = mappingOfForm(type, form);
        try {
          await saveMapping(parts().recording, commandOfForm(actor, form, mapping));
        } catch (error) {
          return show(call, refusals(error, form));
        }
        return { redirect: addressOf(params['file'], mapping.name) };
      },
    },
  ];
}
