/** The errors of a broker; told apart by `code`, which survives two copies of a package. */
export type BrokerErrorCode = 'BROKER_UNAVAILABLE' | 'BROKER_REFUSED' | 'TOPIC_DIFFERS' | 'FOREIGN_RECORD';

export class BrokerError extends Error {
  constructor(
    readonly code: BrokerErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'BrokerError';
  }
}

/** Whether a broker cannot be reached or cannot answer now: what was asked may be asked again later. */
export function isBrokerUnavailable(error: unknown): error is BrokerError {
  return error instanceof BrokerError && error.code === 'BROKER_UNAVAILABLE';
}

/** What a topic is like, and what it is to be like. */
export class TopicDiffersError extends BrokerError {
  constructor(
    readonly topic: string,
    what: string,
    found: string,
    wanted: string,
    remedy: string,
  ) {
    super('TOPIC_DIFFERS', `The topic ${topic} has ${what} ${found}, and ${wanted} is asked for. ${remedy}`);
  }
}

/** A key would be looked for in one partition and lie in another, so partitions are never added. */
export function otherPartitions(topic: string, found: number, wanted: number): TopicDiffersError {
  return new TopicDiffersError(
    topic,
    'a number of partitions of',
    String(found),
    String(wanted),
    'Partitions are never added, since a stream would go on in another one: name a new topic, which is filled from the log, and switch to it.',
  );
}

export function otherSetting(
  topic: string,
  setting: string,
  found: string,
  wanted: string,
): TopicDiffersError {
  return new TopicDiffersError(
    topic,
    `${setting} =`,
    found,
    wanted,
    'It would lose what it is to keep: set it right, or name a new topic.',
  );
}

/** A record that nobody who keeps to the form of a ledger's topic has written. */
export function foreignRecord(
  { partition, offset }: { readonly partition: number; readonly offset: bigint },
  why: string,
): BrokerError {
  return new BrokerError(
    'FOREIGN_RECORD',
    `The record at offset ${offset} of partition ${partition} is none of a ledger's: ${why}. A topic holds one ledger and nothing else: name another topic.`,
  );
}
