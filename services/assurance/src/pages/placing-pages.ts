import type { Fields, Page } from '@ledger/http';
import { commandOfForm } from '@ledger/recording';
import { placeClaim } from '../application/claim-pairs';
import type { AssuranceParts } from '../parts';
import { claimFormPages } from './claim-forms';
import { fieldsShown } from './fields-shown';
import type { StepField } from './step-forms';

export const placingTitle = 'Say that it is a part of another claim';

const fields: readonly StepField[] = [
  {
    name: 'whole',
    label: 'The claim that it is a part of',
    hint: 'The address of its page, or its id',
    kind: 'text',
  },
  {
    name: 'note',
    label: 'Note (optional)',
    hint: 'Kept in the vault, where it can be erased.',
    kind: 'long',
  },
];

const anId = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** What was typed, with the id in the place of an address that holds one. */
function requestOf({ whole, note }: Fields): Readonly<Record<string, unknown>> {
  return {
    ...(whole !== undefined && { whole: anId.exec(whole)?.[0] ?? whole }),
    ...(note !== undefined && { note }),
  };
}

/** Saying that a claim is a part of another: neither is assured until somebody has decided which of them counts. */
export function placingPages(parts: () => AssuranceParts): readonly Page[] {
  return claimFormPages(parts, {
    path: '/claims/{id}/make-part-of',
    permission: 'records:write',
    view: 'claim-step',
    fields: () => fields.map(({ name }) => name),
    shown: ({ values, errors }) => ({
      form: { title: placingTitle, button: 'It is a part' },
      fields: fieldsShown(fields, values, errors),
    }),
    send: async ({ actor, form }, id) => {
      const command = { ...commandOfForm(actor, form, requestOf(form)), asAuditor: false };
      return placeClaim(parts(), { id, ifMatch: form['revision'] }, command);
    },
  });
}
