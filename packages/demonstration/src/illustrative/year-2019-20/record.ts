import type { InventedRecord } from '../sample-record';

/** An invented record of 2019/20. */
export type Record201920 = InventedRecord<
  | 'PeerChallengeDelivered'
  | 'EarlierSupportDeclared'
  | 'PlaceBooked'
  | 'PlaceGivenUp'
  | 'CouncillorTrained'
  | 'CourseCompleted'
  | 'SupportProvided'
  | 'DeliverableAgreed'
  | 'DeliverableRated'
>;
