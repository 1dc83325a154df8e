import type { Admin, ITopicConfig, PartitionMetadata } from 'kafkajs';
import { otherPartitions, otherSetting } from '../errors';
import type { TopicSetUp } from '../port';
import { onceKnown } from './leadership';

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

/**
 * The partitions of a topic, once it is known: a new one is known to each broker in its own time. (The client's own
 * waiting ends with an error where a broker has not heard of the topic at all.)
 */
async function partitionsOf(admin: Admin, topic: string): Promise<readonly PartitionMetadata[]> {
  const { topics } = await onceKnown(async () => admin.fetchTopicMetadata({ topics: [topic] }));
  return topics[0]?.partitions ?? [];
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
