import type { MappedFigure } from '@ledger/domain';
import type { ReadableLog } from '@ledger/event-log';
import type { Shelf } from '@ledger/read-store';
import type { ReadEvent } from '../runtime/decoded-event';
import type { AroundApplying, WhenToRetry } from '../runtime/follower';
import type { Projection } from '../runtime/projection';
import type { PastAnswers } from './past-answers';
import type { Rebuilder } from './rebuilder';

/** How far a rebuild has come. */
export interface RebuildProgress {
  readonly projection: Projection;
  readonly position: number;
  readonly of: number;
}

/** What a rebuild came to. */
export interface RebuildResult {
  readonly projection: Projection;
  /** The position at which the new version was compared with the one it replaces. */
  readonly position: number;
  /** Whether both hold the same; null where there was nothing of the same version to compare with. */
  readonly same: boolean | null;
  readonly parked: number;
}

export interface ReadModelsParts {
  readonly shelf: Shelf;
  readonly log: ReadableLog;
  /** Maps published figures to questions. */
  readonly figures: readonly MappedFigure[];
  readonly rebuilder: Rebuilder;
  /** Answers questions about the past elsewhere; left out, they are answered here like all others. Closed with the read models. */
  readonly pastAnswers?: PastAnswers;
  /** How far what is missing has been built, while the read models are being opened. */
  readonly onProgress?: (progress: RebuildProgress) => void;
  /** The version of each projection's code; only tests have another than this release's. */
  readonly versions?: Readonly<Record<Projection, number>>;
  /** How events are read; as above. */
  readonly readEvent?: ReadEvent;
  /** Asked when events could not be applied. Left out, any error ends the following. */
  readonly whenToRetry?: WhenToRetry;
  /** Does the applying of events that were just recorded, and whatever is done around it. */
  readonly aroundApplying?: AroundApplying;
  /** How many events are applied in one transaction while catching up; the usual number unless said. */
  readonly pageSize?: number;
}

/** An event that a projection could not apply, with why. */
export interface ParkedEvent {
  readonly projection: Projection;
  readonly position: number;
  readonly stream: string;
  readonly reason: string;
}
