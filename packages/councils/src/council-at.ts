import type { Control, CouncilType, Region } from '@ledger/events';
import { controlOn, existedOn, nameOn, type Body } from './body';

/** A council as it is on one date. */
export interface CouncilAt {
  readonly bodyId: string;
  readonly name: string;
  readonly type: CouncilType | null;
  readonly region: Region | null;
  readonly control: Control | 'unknown';
  /** The register events that put it there: registration, dissolution, control. */
  readonly eventIds: readonly string[];
}

/**
 * A body as the council that it is on a date, or undefined where it is none.
 * @param by only what was stated by a position, of a body to which facts only added
 */
export function councilAt(body: Body, date: string, by?: bigint): CouncilAt | undefined {
  if (body.kind !== 'council' || !existedOn(body, date, by)) return undefined;
  const { control, eventId } = controlOn(body, date, by);
  const { registered, dissolved } = body;
  const ended = dissolved !== null && (by === undefined || dissolved.position <= by);
  const eventIds = [registered.eventId];
  if (ended) eventIds.push(dissolved.eventId);
  if (eventId !== undefined) eventIds.push(eventId);
  return {
    bodyId: body.id,
    name: nameOn(body, date, by),
    type: body.type,
    region: body.region,
    control,
    eventIds,
  };
}
