import type { FormType } from '../forms/form-fields';
import { importFields, templateFields, templateHeading } from './import-fields';
import type { Mapping } from './mapping';
import { typeTitle } from '@ledger/pages';

/** The mapping of the template of a type: its headings are the labels of the form. */
export function templateMapping(type: FormType): Mapping {
  const columns = templateFields(type).map((field) => ({
    heading: templateHeading(field),
    field: field.name,
  }));
  const ends = importFields(type).flatMap((field) =>
    field.place?.sort === 'end' ? [{ heading: field.label, field: field.name }] : [],
  );
  return { name: type, label: typeTitle(type), type, columns: [...columns, ...ends], fixed: [] };
}
