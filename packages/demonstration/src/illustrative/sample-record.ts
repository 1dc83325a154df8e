import type { EventData, EventType } from '@ledger/events';

/** The types of event that the illustrative 2016/17 consists of. */
export type SampleType =
  | 'PeerChallengeDelivered'
  | 'PlaceBooked'
  | 'PlaceGivenUp'
  | 'CouncillorTrained'
  | 'CourseCompleted'
  | 'SupportProvided'
  | 'GraduatePlaced'
  | 'MembershipStarted'
  | 'EarlierSupportDeclared'
  | 'SavingsRecorded';

export type Quarter = 1 | 2 | 3 | 4;

/**
 * One invented record of some types, before it is recorded. Of one thing (`activity`) the records come in the order they
 * are to be recorded in.
 */
export type InventedRecord<Types extends EventType> = {
  [T in Types]: {
    /**
     * Which of the four quarterly imports it belongs to: the quarter in which it ended, so what is known only
     * to the year comes with the fourth.
     */
    readonly quarter: Quarter;
    readonly type: T;
    /** Id of the thing whose stream it stands in; of a claim the claim's, of an observation the observation's. */
    readonly activity: string;
    readonly data: EventData<T>;
  };
}[Types];

/** One invented record of 2016/17. */
export type SampleRecord = InventedRecord<SampleType>;
