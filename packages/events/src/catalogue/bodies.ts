import { z } from 'zod';
import { defineEvent } from '../define-event';
import { Id, Label, LondonDate } from '../primitives';

export const BodyKind = z.enum([
  'council',
  'combined authority',
  'fire authority',
  'national park authority',
  'partnership',
  'company',
  'government',
  'other',
]);
export const CouncilType = z.enum(['county', 'district', 'unitary', 'metropolitan', 'London borough']);
export const Region = z.enum([
  'East Midlands',
  'East of England',
  'London',
  'North East',
  'North West',
  'South East',
  'South West',
  'West Midlands',
  'Yorkshire and The Humber',
]);
export const Control = z.enum([
  'Conservative',
  'Labour',
  'Liberal Democrat',
  'Green',
  'Reform UK',
  'UKIP',
  'Independent',
  'No overall control',
]);
const CodeSystem = z.enum(['gss', 'local-authority-code', 'ecode', 'gov-uk-slug']);
const Code = z.string().min(1).max(60);

export const BodyRegistered = defineEvent({
  type: 'BodyRegistered',
  streams: ['body'],
  content: true,
  meaning:
    'A body exists from a date (`from` null: always). Councils have a type and a region, which never change.',
  data: z.strictObject({
    kind: BodyKind,
    name: Label,
    otherNames: z.array(Label).max(20).optional(),
    type: CouncilType.optional(),
    region: Region.optional(),
    /** Of a district: its county. */
    county: Id.optional(),
    codes: z.array(z.strictObject({ system: CodeSystem, code: Code })).max(20),
    from: LondonDate.nullable(),
    source: Label,
  }),
});
export const BodyDissolved = defineEvent({
  type: 'BodyDissolved',
  streams: ['body'],
  content: true,
  meaning: 'A body ended: `on` is the first day without it. Successors take over, each in a way.',
  data: z.strictObject({
    on: LondonDate,
    successors: z
      .array(z.strictObject({ body: Id, lineage: z.enum(['merged-into', 'split-into', 'continued-as']) }))
      .max(20),
    source: Label,
  }),
});
export const BodyRenamed = defineEvent({
  type: 'BodyRenamed',
  streams: ['body'],
  content: true,
  meaning: 'A body bears another name from a date; the old one stays an alias.',
  data: z.strictObject({ name: Label, from: LondonDate, source: Label }),
});
export const CodeAssigned = defineEvent({
  type: 'CodeAssigned',
  streams: ['body'],
  content: true,
  meaning:
    'A body has another code from a date; the old one stays an alias. `former` is a code it had before the register.',
  data: z.strictObject({
    system: CodeSystem,
    code: Code,
    from: LondonDate.nullable(),
    former: z.boolean(),
    source: Label,
  }),
});
export const ControlRecorded = defineEvent({
  type: 'ControlRecorded',
  streams: ['body'],
  content: true,
  meaning: 'Which party holds more than half of the seats of a council from a date until the next record.',
  data: z.strictObject({
    control: Control,
    from: LondonDate,
    /** First day this no longer says anything, where the source ends; the next record ends it in any case. */
    to: LondonDate.optional(),
    detail: Label.optional(),
    seats: z.int().min(0).optional(),
    source: Label,
  }),
});
export const BodyFactCorrected = defineEvent({
  type: 'BodyFactCorrected',
  streams: ['body'],
  meaning: 'Replaces the whole content of one earlier fact about a body.',
  data: z.strictObject({
    corrects: Id,
    type: z.string().max(60),
    schemaVersion: z.int().min(1),
    content: z.record(z.string(), z.unknown()),
    source: Label,
  }),
});
export const BodyFactWithdrawn = defineEvent({
  type: 'BodyFactWithdrawn',
  streams: ['body'],
  meaning:
    'One earlier fact about a body is taken back. (A body whose registration is withdrawn was never one.)',
  data: z.strictObject({ event: Id, source: Label }),
});

export type BodyKind = z.infer<typeof BodyKind>;
export type CouncilType = z.infer<typeof CouncilType>;
export type Region = z.infer<typeof Region>;
export type Control = z.infer<typeof Control>;
