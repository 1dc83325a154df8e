import { DecisionRefused, type Fault } from '@ledger/domain';
import { editDistance } from '@ledger/councils';
import { derivedId, eventDefinitions, streamOf } from '@ledger/events';
import type { Command } from '../application/command';
import { parseRequest } from '../application/faults';
import type { Outcome } from '../application/outcome';
import type { Recording } from '../application/recording';
import { importTypes, isImportType } from './import-types';
import { foldedHeading } from './find-columns';
import { importFields } from './import-fields';
import { savedMappings } from './known-imports';
import { MappingRequest, type Mapping } from './mapping';
import { templateMapping } from './template-mapping';

/** Finds a mapping by its name, or the one of a template by its type. @throws DecisionRefused */
export async function findMapping(recording: Recording, name: string): Promise<Mapping> {
  if (isImportType(name)) return templateMapping(name);
  const saved = savedMappings(await recording.parts.imports());
  const found = saved.get(name);
  if (found !== undefined) return found;
  const names = [...saved.keys()];
  throw new DecisionRefused([
    {
      code: 'mapping-known',
      path: 'map',
      message: `there is no mapping “${name.slice(0, 60)}”; ${names.length === 0 ? 'none is saved yet' : `saved are: ${names.join(', ')}`}; templates are: ${importTypes.join(', ')}`,
    },
  ]);
}

/** What is wrong with a mapping: fields its type does not have, and headings or fields that stand twice. */
function faultsOf({ type, columns, fixed }: Pick<Mapping, 'type' | 'columns' | 'fixed'>): Fault[] {
  const fields = new Set(importFields(type).map(({ name }) => name));
  const known = [...fields].filter((name) => !/\.[2-9]\./.test(name)).join(', ');
  const all = [
    ...columns.map(({ field }, at) => ({ field, path: `columns[${at}].field` })),
    ...fixed.map(({ field }, at) => ({ field, path: `fixed[${at}].field` })),
  ];
  const unknown = all.filter(({ field }) => !fields.has(field));
  const headings = columns.map(({ heading }) => foldedHeading(heading));
  const twice = headings.flatMap((heading, at) => (headings.indexOf(heading) < at ? [at] : []));
  const columnFields = columns.map(({ field }) => field);
  const said = columnFields.flatMap((field, at) => (columnFields.indexOf(field) < at ? [at] : []));
  return [
    ...unknown.map(({ field, path }) => ({
      code: 'field-known',
      path,
      message: `${type} has no field “${field}”${meantOf(field, fields)}; its fields are: ${known}`,
    })),
    ...twice.map((at) => ({
      code: 'heading-once',
      path: `columns[${at}].heading`,
      message: 'the heading stands twice; a column says one field',
    })),
    ...said.map((at) => ({
      code: 'field-once',
      path: `columns[${at}].field`,
      message: 'the field is said by two columns; leave one out',
    })),
  ];
}

/** The field that a misspelt one is nearest to. */
function meantOf(field: string, fields: ReadonlySet<string>): string {
  const [nearest, ...others] = [...fields].filter((name) => editDistance(field, name, 2) <= 2);
  return nearest === undefined || others.length > 0 ? '' : ` (did you mean “${nearest}”?)`;
}

/** Saves a mapping under its name, in place of the one before. @throws DecisionRefused */
export async function saveMapping(recording: Recording, command: Command): Promise<Outcome> {
  const { name, ...content } = parseRequest(MappingRequest, command.request);
  const { type } = content;
  if (!isImportType(type))
    throw new DecisionRefused([
      { code: 'not-among', path: 'type', message: `must be one of: ${importTypes.join(', ')}` },
    ]);
  const faults = faultsOf({ ...content, type });
  if (faults.length > 0) throw new DecisionRefused(faults);
  return recording.run('save-mapping', command, async ({ id }) => {
    const stream = streamOf('mapping', name);
    const event = {
      id: derivedId('event', id, '0'),
      type: 'MappingSaved',
      schemaVersion: eventDefinitions.MappingSaved.version,
      data: content,
    };
    const expected = (await recording.parts.log.streamRevision(stream)) ?? ('no-stream' as const);
    return { writes: [{ stream, expected, events: [event] }], checks: [], warnings: [] };
  });
}
