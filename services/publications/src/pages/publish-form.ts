import type { Fields } from '@ledger/http';

/** The fields of a form that are about publishing; all others name the question. */
const ownFields = new Set(['publication', 'ask', 'table', 'asRecordedBy', 'key', 'form-token', 'row']);

/** A request to publish, as an address or a form says it. */
export function requestOf(fields: Fields): Readonly<Record<string, unknown>> {
  const { publication, ask, asRecordedBy, table } = fields;
  const parameters = Object.fromEntries(Object.entries(fields).filter(([name]) => !ownFields.has(name)));
  return {
    ...(publication !== undefined && { publication }),
    ask,
    parameters,
    ...(table === 'true' && { table: true }),
    ...(asRecordedBy !== undefined && { asRecordedBy }),
  };
}
