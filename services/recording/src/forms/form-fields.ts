import {
  eventDefinitions,
  FinancialYear,
  Id,
  Label,
  LondonDate,
  Occurred,
  Pence,
  PrintedNumber,
  Slug,
  type EventType,
} from '@ledger/events';
import { fieldWords } from '@ledger/pages';
import { z } from 'zod';

/** How a field of an event is asked for on a form. */
export type FieldKind =
  | 'text'
  | 'choice'
  | 'offer'
  | 'savings-area'
  | 'body'
  | 'person'
  | 'record'
  | 'span'
  | 'date'
  | 'pounds'
  | 'hundredths'
  | 'whole'
  | 'year'
  | 'rows';

/** One field of a form, derived from the schema of the event it records: form and API cannot differ. */
export interface FormField {
  /** The name in the event's data. */
  readonly name: string;
  readonly kind: FieldKind;
  readonly label: string;
  readonly hint: string | null;
  readonly required: boolean;
  readonly options: readonly string[];
  /** Of rows: the fields of each. */
  readonly fields: readonly FormField[];
}

/** What a form has no field for; a correction carries it over unchanged. */
const notOnForms = new Set(['linkedActivities', 'countedLevel']);

function unwrapped(schema: z.ZodType): { readonly inner: z.ZodType; readonly required: boolean } {
  if (schema instanceof z.ZodOptional)
    // zod types what is inside an optional as its core type; every schema of the catalogue is a full one.
    return { inner: schema.unwrap() as z.ZodType, required: false };
  return { inner: schema, required: true };
}

function simpleKind(name: string, schema: z.ZodType): FieldKind | undefined {
  if (schema === Id) return name === 'person' ? 'person' : name === 'partOf' ? 'record' : 'body';
  if (schema === Slug) return name === 'offer' ? 'offer' : name === 'savingsArea' ? 'savings-area' : 'text';
  if (schema === Label || schema === PrintedNumber) return 'text';
  if (schema === Occurred) return 'span';
  if (schema === LondonDate) return 'date';
  if (schema === Pence) return 'pounds';
  if (schema === FinancialYear) return 'year';
  if (schema instanceof z.ZodNumber) return name.endsWith('Hundredths') ? 'hundredths' : 'whole';
  return undefined;
}

function fieldOf(name: string, schema: z.ZodType): FormField {
  const { inner, required } = unwrapped(schema);
  const { label, hint = null } = fieldWords(name);
  const field = { name, label, hint, required, options: [], fields: [] };
  const kind = simpleKind(name, inner);
  if (kind !== undefined) return { ...field, kind };
  if (inner instanceof z.ZodEnum) return { ...field, kind: 'choice', options: inner.options.map(String) };
  if (inner instanceof z.ZodBoolean) return { ...field, kind: 'choice', options: ['yes', 'no'] };
  if (inner instanceof z.ZodArray && inner.element instanceof z.ZodObject)
    return { ...field, kind: 'rows', fields: fieldsOf(inner.element) };
  throw new RangeError(`A form has no way to ask for ${name}; give it one, or leave it off forms by name`);
}

function fieldsOf(schema: z.ZodObject): readonly FormField[] {
  return Object.entries(schema.shape)
    .filter(([name]) => !notOnForms.has(name))
    .map(([name, field]) => fieldOf(name, field as z.ZodType));
}

/** The types of event that are recorded by form. Figures of reports are brought forward by import. */
export const formTypes = [
  'PeerChallengeDelivered',
  'SupportProvided',
  'PlaceBooked',
  'CouncillorTrained',
  'CourseCompleted',
  'PlaceGivenUp',
  'OfficerDeveloped',
  'GraduatePlaced',
  'PeerTrained',
  'EventHeld',
  'GrantAwarded',
  'MembershipStarted',
  'MembershipEnded',
  'SavingsRecorded',
  'MetricObserved',
  'SurveyResultRecorded',
  'DeliverableAgreed',
  'DeliverableRated',
  'EarlierSupportDeclared',
] as const satisfies readonly EventType[];

export type FormType = (typeof formTypes)[number];

export function isFormType(text: string): text is FormType {
  return formTypes.some((type) => type === text);
}

const made = new Map<FormType, readonly FormField[]>();

/** The fields of the form of a type of event. */
export function formFields(type: FormType): readonly FormField[] {
  const known = made.get(type) ?? fieldsOf(eventDefinitions[type].data);
  made.set(type, known);
  return known;
}
