/** An activity that stands, as it is compared with what a file says. */
interface ListedActivity {
  readonly id: string;
  readonly type: string;
  readonly level: string | null;
  readonly title: string;
  readonly person: string | null;
  /** Its first day. */
  readonly from: string;
}

/** Lists the standing activities of an offer, at a body if one is named. */
export type StandingActivities = (of: {
  readonly offer: string;
  readonly body?: string;
}) => AsyncIterable<ListedActivity>;
