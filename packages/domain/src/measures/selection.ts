import { Role, Slug, eventTypes, type EventType } from '@ledger/events';
import { z } from 'zod';
import type { LineKind } from '../lines/line';

const lineKinds = [
  'activity',
  'support',
  'peer',
  'peer-days',
  'booking',
  'attendance',
  'completion',
  'given-up',
  'officer',
  'graduate',
  'peer-trained',
  'attendees',
  'grant',
  'membership',
  'metric',
  'survey',
  'deliverable',
  'target',
  'rating',
  'achieved',
  'earlier',
  'claim',
  'claim-body',
  'gain',
  'gain-cost',
  'gain-share',
  'gain-estimate',
  'gain-lapsed',
  'gain-elsewhere',
  'gain-verified',
  'gain-of-others',
  'gain-cost-of-others',
  'gain-estimate-of-others',
  'gain-verified-of-others',
  'figure',
] as const satisfies readonly LineKind[];

/** Which lines a measure reads: every key that is given must match. */
export const Selection = z.strictObject({
  kinds: z.array(z.enum(lineKinds)).min(1),
  /** Only lines that follow from these event types. */
  events: z.array(z.enum(eventTypes as [EventType, ...EventType[]])).optional(),
  offers: z.array(Slug).optional(),
  programmes: z.array(Slug).optional(),
  /** Only offers that are peer challenges, of whatever kind. */
  peerChallenge: z.boolean().optional(),
  roles: z.array(z.enum([...Role.options, 'lead', 'team-member', 'officer', 'manager'])).optional(),
  subjects: z.array(Slug).optional(),
  /** Only bodies that are councils of the register (an activity keeps its body for ever). */
  councilsOnly: z.boolean().optional(),
});
export type Selection = z.infer<typeof Selection>;
