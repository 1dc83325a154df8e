import type { Programmes } from '@ledger/access';
import type { Fault } from '@ledger/domain';
import { lowerFirst, upperFirst } from '@ledger/http';
import { typeTitle } from '@ledger/pages';
import type { Reference } from '../application/reference';
import type { FormField, FormType } from '../forms/form-fields';
import { rowCount, rowField } from '../forms/form-names';
import type { PersonQuestion } from '../forms/people-on-form';
import { fieldOfPath, type FormValues } from '../forms/read-form';

interface ShownOption {
  readonly value: string;
  readonly label: string;
  readonly group: string;
}

/** A field as the view shows it. */
export interface ShownField {
  readonly id: string;
  readonly label: string;
  readonly hint: string | null;
  readonly kind: FormField['kind'];
  readonly required: boolean;
  readonly value: string;
  readonly error: string | null;
  readonly options: readonly ShownOption[];
  readonly rows: readonly (readonly ShownField[])[];
}

/** An error of the summary: what is wrong, and the field it is about. */
export interface ShownError {
  readonly text: string;
  /** The same at the field itself, which says its own name. */
  readonly short: string;
  readonly field: string | null;
}

/** Faults in the words of a form, each at its field. */
export function shownErrors(
  faults: readonly Fault[],
  places: ReadonlyMap<string, string>,
  labels: ReadonlyMap<string, string>,
): readonly ShownError[] {
  return faults.map(({ code, path, message }) => {
    const field = fieldOfPath(path, places) ?? null;
    const label = field === null ? '' : (labels.get(field) ?? '');
    const short = code === 'missing' ? 'Fill this in' : upperFirst(message);
    return { text: label === '' ? short : `${label}: ${lowerFirst(short)}`, short, field };
  });
}

/** The label of every field of a form, by the field's name; of rows with the number of the row. */
export function fieldLabels(fields: readonly FormField[], values: FormValues): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const field of fields) {
    if (field.kind !== 'rows') labels.set(field.name, plain(field.label));
    for (let row = 0; row < (field.kind === 'rows' ? rowCount(field, values) : 0); row++)
      for (const inner of field.fields)
        labels.set(
          rowField(field.name, row, inner.name),
          `${plain(inner.label)} (${field.label.toLowerCase()}, ${row + 1})`,
        );
  }
  return labels;
}

function plain(label: string): string {
  return label.replace(/\?$/, '');
}

/** What the choices of a form are made from. */
export interface FormSetting {
  readonly type: FormType;
  readonly reference: Reference;
  readonly programmes: Programmes;
}

function offerOptions({ type, reference: { catalogue }, programmes }: FormSetting): readonly ShownOption[] {
  return [...catalogue.offers.values()]
    .filter(
      ({ programme, peerChallenge }) =>
        (programmes === 'all' || programmes.includes(programme)) &&
        (type === 'PeerChallengeDelivered' ? peerChallenge : type !== 'SupportProvided' || !peerChallenge),
    )
    .map(({ id, label, programme }) => ({
      value: id,
      label,
      group: catalogue.programmes.get(programme)?.label ?? programme,
    }))
    .sort((a, b) => a.group.localeCompare(b.group, 'en-GB') || a.label.localeCompare(b.label, 'en-GB'));
}

function optionsOf(field: FormField, setting: FormSetting): readonly ShownOption[] {
  if (field.kind === 'offer') return offerOptions(setting);
  if (field.kind === 'savings-area')
    return [...setting.reference.catalogue.savingsAreas.values()].map(({ id, label }) => ({
      value: id,
      label,
      group: '',
    }));
  return field.options.map((value) => ({
    value,
    label: upperFirst(value),
    group: '',
  }));
}

/** The fields of a form with their values and errors, rows laid out. */
function shownFields(
  fields: readonly FormField[],
  values: FormValues,
  errors: readonly ShownError[],
  setting: FormSetting,
): readonly ShownField[] {
  const errorOf = new Map(errors.flatMap(({ short, field }) => (field === null ? [] : [[field, short]])));
  const shown = (field: FormField, id: string): ShownField => ({
    id,
    label: field.required || field.kind === 'rows' ? field.label : `${field.label} (optional)`,
    hint: field.hint,
    kind: field.kind,
    required: field.required,
    value: values[id] ?? '',
    error: errorOf.get(id) ?? null,
    options: optionsOf(field, setting),
    rows:
      field.kind === 'rows'
        ? Array.from({ length: rowCount(field, values) }, (_, row) =>
            field.fields.map((inner) => shown(inner, rowField(field.name, row, inner.name))),
          )
        : [],
  });
  return fields.map((field) => shown(field, field.name));
}

/** Everything the view of a form needs. */
export function formContext(parts: {
  readonly fields: readonly FormField[];
  readonly values: FormValues;
  readonly errors: readonly ShownError[];
  readonly questions: readonly PersonQuestion[];
  readonly wantsComment: boolean;
  readonly setting: FormSetting;
}): Readonly<Record<string, unknown>> {
  const { fields, values, errors, questions, wantsComment, setting } = parts;
  return {
    title: typeTitle(setting.type),
    type: setting.type,
    fields: shownFields(fields, values, errors, setting),
    errors,
    questions,
    wantsComment: wantsComment || values['comment'] !== undefined,
    values,
  };
}
