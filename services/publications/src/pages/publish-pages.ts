import { randomUUID } from 'node:crypto';
import { DecisionRefused } from '@ledger/domain';
import type { Page, PageAnswer, PageCall } from '@ledger/http';
import { commandOfForm, parseRequest } from '@ledger/recording';
import { figuresAsked, publish } from '../application/publish';
import { PublishRequest } from '../application/publish-request';
import type { PublicationParts } from '../parts';
import { requestOf } from './publish-form';

interface FormError {
  readonly text: string;
  readonly field: string | null;
}

function asErrors({ faults }: DecisionRefused): readonly FormError[] {
  return faults.map(({ path, message, code }) =>
    path === 'publication' && code === 'missing'
      ? { text: 'Say where it is printed', field: 'publication' }
      : {
          text: message.charAt(0).toUpperCase() + message.slice(1),
          field: path === 'publication' ? 'publication' : null,
        },
  );
}

/** Publishing what a page of figures shows: the figures are shown once more, and where they are printed is asked. */
export function publishPages(parts: () => PublicationParts): readonly Page[] {
  const show = async (call: PageCall, errors: readonly FormError[]): Promise<PageAnswer> => {
    const fields = { ...call.query, ...call.form };
    // The question is what counts; a name is asked for on this page.
    const request = parseRequest(PublishRequest, { ...requestOf(fields), publication: 'as asked' });
    const { table, figures } = await figuresAsked(parts(), request);
    const { 'form-token': _, ...values } = fields;
    return {
      view: 'publish',
      context: {
        table,
        figures,
        errors,
        // What is shown is what is published, whatever is recorded meanwhile.
        values: { key: randomUUID(), ...values, asRecordedBy: table.position },
      },
      ...(errors.length > 0 && { status: 422 }),
    };
  };
  return [
    {
      method: 'get',
      path: '/publish',
      permission: 'figures:publish',
      show: (call) => show(call, []),
    },
    {
      method: 'post',
      path: '/publish',
      permission: 'figures:publish',
      show: async (call) => {
        try {
          const { records, cursor } = await publish(
            parts(),
            commandOfForm(call.actor, call.form, requestOf(call.form)),
          );
          const id = records[0]?.id ?? '';
          return {
            redirect: `/publications/${id}${cursor === null ? '' : `?after=${encodeURIComponent(cursor)}`}`,
          };
        } catch (error) {
          if (!(error instanceof DecisionRefused)) throw error;
          return show(call, asErrors(error));
        }
      },
    },
  ];
}
