import { formTypes, type FormType } from '../forms/form-fields';

/**
 * The kinds of record that files bring in. A rating of a deliverable says nothing of which deliverable it is of: it is
 * given on that one's page.
 */
export const importTypes = formTypes.filter((type) => type !== 'DeliverableRated');

export function isImportType(text: string): text is FormType {
  return importTypes.some((type) => type === text);
}
