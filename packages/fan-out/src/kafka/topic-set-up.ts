import { setTimeout as after } from 'node:timers/promises';
import type { Admin, ITopicConfig, PartitionMetadata } from 'kafkajs';
import { otherPartitions, otherSetting } from '../errors';
import type { TopicSetUp } from '../port';

/** What makes a topic keep everything. */
const keepsEverything: Readonly<Record<string, string>> = {
  'cleanup.policy': 'delete',
  'retention.ms': '-1',
  'retention.bytes': '-1',
};

function configOf({ topic, partitions, replicas }: TopicSetUp): ITopicConfig {
  const settings =
    replicas === undefined
      ? keepsEverything
      : // One broker may be away, where there are several, and what is acknowledged lies on all others.
        { ...keepsEverything, 'min.insync.replicas': String(Math.max(1, replicas - 1)) };
  return {
    topic,
    numPartitions: partitions,
    ...(replicas !== undefined && { replicationFactor: replicas }),
    configEntries: Object.entries(settings).map(([name, value]) => ({ name, value })),
  };
}

/** How often a broker is asked for a new topic, and how many milliseconds lie between. */
const asked = 100;
const pauseMs = 50;

/** What a broker says of a topic that it has not heard of yet, or of which it does not know who leads it. */
function isNotYetKnown(error: unknown): boolean {
  if (!(error instanceof Error) || !('type' in error)) return false;
  return error.type === 'UNKNOWN_TOPIC_OR_PARTITION' || error.type === 'LEADER_NOT_AVAILABLE';
}

/**
 * The partitions of a topic, once it is known: a new one is known to each broker in its own time. (The client's own
 * waiting ends with an error where a broker has not heard of the topic at all.)
 */
async function partitionsOf(admin: Admin, topic: string): Promise<readonly PartitionMetadata[]> {
  for (let left = asked; ; left--)
    try {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      return topics[0]?.partitions ?? [];
    } catch (error) {
      if (left === 0 || !isNotYetKnown(error)) throw error;
      await after(pauseMs);
    }
}

/** Makes a topic, or checks the one that is there. @throws TopicDiffersError, and what the client throws */
export async function ensureTopic(admin: Admin, setUp: TopicSetUp, topicResource: number): Promise<void> {
  const { topic, partitions } = setUp;
  // Of two who make it at once, one is told that it is there.
  if (!(await admin.listTopics()).includes(topic))
    await admin.createTopics({ topics: [configOf(setUp)], waitForLeaders: false });
  const { length: found } = await partitionsOf(admin, topic);
  if (found !== partitions) throw otherPartitions(topic, found, partitions);
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: topicResource, name: topic, configNames: Object.keys(keepsEverything) }],
  });
  for (const { configName, configValue } of resources.flatMap(({ configEntries }) => configEntries)) {
    const wanted = keepsEverything[configName];
    if (wanted !== undefined && configValue !== wanted)
      throw otherSetting(topic, configName, configValue, wanted);
  }
}
