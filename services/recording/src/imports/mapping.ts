import { eventDefinitions, type EventData } from '@ledger/events';
import { z } from 'zod';
import type { FormType } from '../forms/form-fields';

/** How the columns of a file say what events say, as it is saved. */
const content = eventDefinitions.MappingSaved.data;
type MappingContent = EventData<'MappingSaved'>;

/** A mapping with the name it is asked for by: its own, or the type of the template. */
export interface Mapping extends Omit<MappingContent, 'type'> {
  readonly name: string;
  readonly type: FormType;
}

export type MappedColumn = MappingContent['columns'][number];

/** A mapping as it is sent to be saved. */
export const MappingRequest = z.strictObject({
  name: z
    .string()
    .max(60)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case letters, digits and hyphens'),
  ...content.shape,
  fixed: content.shape.fixed.default([]),
});
