import { typeTitle } from '@ledger/pages';
import { columnLetters, writeXlsx, type WrittenSheet } from '@ledger/spreadsheets';
import type { Reference } from '../application/reference';
import type { FormType } from '../forms/form-fields';
import { templateFields, templateHeading, type ImportField } from './import-fields';

/** The rows of a template that have choices and notes. */
const filledUpTo = 1001;

function choicesOf(
  { kind, options }: ImportField,
  type: FormType,
  { catalogue }: Reference,
): readonly string[] {
  if (kind === 'choice') return options;
  if (kind === 'savings-area') return [...catalogue.savingsAreas.values()].map(({ label }) => label);
  if (kind !== 'offer') return [];
  return [...catalogue.offers.values()]
    .filter(({ peerChallenge }) =>
      type === 'PeerChallengeDelivered' ? peerChallenge : type !== 'SupportProvided' || !peerChallenge,
    )
    .map(({ label }) => label)
    .sort((a, b) => a.localeCompare(b, 'en-GB'));
}

function noteOf({ hint, required }: ImportField): string {
  return [
    required ? 'Must be filled in.' : 'May be left empty.',
    ...(hint === null ? [] : [`${hint}.`]),
  ].join(' ');
}

/** The template of a type: a sheet to fill in, with choices and notes, the notes once more, and the choices. */
export function templateWorkbook(type: FormType, reference: Reference): Uint8Array {
  const fields = templateFields(type);
  const lists = fields.flatMap((field) => {
    const choices = choicesOf(field, type, reference);
    return choices.length === 0 ? [] : [{ field, choices }];
  });
  const rangeOf = new Map(
    lists.map(({ field, choices }, at) => {
      const column = columnLetters(at);
      return [field.name, `Choices!$${column}$2:$${column}$${choices.length + 1}`];
    }),
  );
  const sheet: WrittenSheet = {
    name: 'Records',
    columns: fields.map((field) => {
      const choices = rangeOf.get(field.name);
      return {
        width: 24,
        note: { title: templateHeading(field), text: noteOf(field) },
        ...(choices !== undefined && { choices }),
      };
    }),
    rows: [fields.map(templateHeading)],
    filledUpTo,
  };
  const notes: WrittenSheet = {
    name: 'Notes',
    columns: [{ width: 30 }, { width: 90 }],
    rows: [
      ['Column', typeTitle(type)],
      ...fields.map((field) => [templateHeading(field), noteOf(field)]),
      ['Rows', 'One row for each record. Rows of totals, and rows in which nothing stands, are left out.'],
    ],
  };
  const longest = Math.max(0, ...lists.map(({ choices }) => choices.length));
  const choices: WrittenSheet = {
    name: 'Choices',
    columns: lists.map(() => ({ width: 50 })),
    rows: [
      lists.map(({ field }) => `Choices: ${templateHeading(field)}`),
      ...Array.from({ length: longest }, (_, row) => lists.map(({ choices: all }) => all[row])),
    ],
  };
  return writeXlsx([sheet, notes, ...(lists.length === 0 ? [] : [choices])]);
}
