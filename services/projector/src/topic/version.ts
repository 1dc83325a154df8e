import { randomUUID } from 'node:crypto';
import type { PartitionEnds } from '@ledger/fan-out';
import { isOfNewerRelease, labelOfBoth, together } from '@ledger/projections';
import type { PostgresReadStore, PostgresShelf, TopicSource } from '@ledger/read-store';

/** Read models that a newer release keeps: this one would put its own in their place. */
export class NewerReadModelsError extends Error {
  readonly code = 'NEWER_READ_MODELS';
  constructor(label: string) {
    super(
      `The read models of LEDGER_READ_MODELS are of a newer release (${label}). Start that release, or name another database.`,
    );
    this.name = 'NewerReadModelsError';
  }
}

/** A topic that is not the one that the read models were built from any more. */
export class OtherTopicError extends Error {
  readonly code = 'OTHER_TOPIC';
  constructor(topic: string, partition: number, end: bigint, offset: number) {
    super(
      `Partition ${partition} of the topic ${topic} ends at offset ${end}, and the read models have read it up to ${offset}: the topic was made anew. Start the projector once with --rebuild.`,
    );
    this.name = 'OtherTopicError';
  }
}

/** A version of the read models that is kept. */
export interface KeptVersion {
  readonly store: PostgresReadStore;
  readonly number: number;
  readonly source: TopicSource;
  /** True until it is put into use. */
  readonly draft: boolean;
}

/** What a version is to be kept from, and how it is chosen. */
export interface WantedVersion {
  readonly topic: string;
  /** How many partitions the topic has. */
  readonly partitions: number;
  /** Where they end now. */
  readonly ends: () => Promise<readonly PartitionEnds[]>;
  /** Whether it is built anew although there is one that could be gone on with. */
  readonly anew: boolean;
}

/** What is said of a draft that is built beside a version of the same code. */
const anewLabel = `${labelOfBoth()}, built anew`;

const isKeptFrom = (source: TopicSource | undefined, { topic, partitions }: WantedVersion): boolean =>
  source?.topic === topic && source.partitions === partitions;

/** The version in use, where this release can go on with it from the topic; otherwise the draft of the next one. */
export async function chooseVersion(shelf: PostgresShelf, wanted: WantedVersion): Promise<KeptVersion> {
  return (wanted.anew ? undefined : await versionInUse(shelf, wanted)) ?? draftVersion(shelf, wanted);
}

async function versionInUse(shelf: PostgresShelf, wanted: WantedVersion): Promise<KeptVersion | undefined> {
  const number = await shelf.inUse(together);
  const store = await shelf.current(together);
  if (store === undefined) return undefined;
  try {
    const label = await store.label();
    if (isOfNewerRelease(label)) throw new NewerReadModelsError(label ?? '');
    const source = await store.source();
    if (label === labelOfBoth() && source !== undefined && isKeptFrom(source, wanted)) {
      await checkOffsets(store, wanted);
      return { store, number, source, draft: false };
    }
  } catch (error) {
    await store.close();
    throw error;
  }
  await store.close();
  return undefined;
}

/** @throws OtherTopicError where more was read than there is */
async function checkOffsets(store: PostgresReadStore, { topic, ends }: WantedVersion): Promise<void> {
  const offsets = new Map<number, number>();
  for (const partition of (await store.checkpoints()).keys())
    offsets.set(partition, (await store.standing(partition)).offset);
  // Only now, since others read on meanwhile, and none reads beyond the end.
  for (const { partition, end } of await ends()) {
    const offset = offsets.get(partition) ?? 0;
    if (BigInt(offset) > end) throw new OtherTopicError(topic, partition, end, offset);
  }
}

async function draftVersion(shelf: PostgresShelf, wanted: WantedVersion): Promise<KeptVersion> {
  const { topic, partitions, anew } = wanted;
  const { store, number } = await shelf.sharedDraft(
    together,
    anew ? anewLabel : labelOfBoth(),
    async (begun) => {
      const source = await begun.source();
      return source === undefined || isKeptFrom(source, wanted);
    },
  );
  const source = await store.keepFrom({
    topic,
    partitions,
    group: `ledger-projector-${randomUUID()}`,
  });
  return { store, number, source, draft: true };
}

/** How far the version in use has come; nought where there is none. */
export async function appliedInUse(shelf: PostgresShelf): Promise<bigint> {
  const store = await shelf.current(together);
  if (store === undefined) return 0n;
  try {
    const positions = [...(await store.checkpoints()).values()];
    return BigInt(positions.length === 0 ? 0 : Math.min(...positions));
  } finally {
    await store.close();
  }
}

/** Puts a draft into use, in the place of the version before it. */
export async function putIntoUse(shelf: PostgresShelf, { store, number }: KeptVersion): Promise<void> {
  await store.setLabel(labelOfBoth());
  await shelf.putIntoUse(together, number);
  await shelf.tidy();
}
