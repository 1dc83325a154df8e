import { followLog } from '@ledger/event-log';
import { KafkaBroker } from '@ledger/fan-out';
import {
  kafkaConnection,
  needed,
  positionsFile,
  type AroundEvents,
  type KafkaSettings,
  type Settings,
} from '@ledger/operations';
import { Projector } from './projector';
import type { Keeping } from './standing';
import { TopicProjector } from './topic/topic-projector';

type Names = 'LEDGER_DATA' | 'LEDGER_LOG' | 'LEDGER_READ_MODELS' | 'LEDGER_KAFKA_TOPIC';

/** The topic that events are published to, unless it is said otherwise. */
const usualTopic = 'ledger';

/** What the settings say: a projector from a topic where LEDGER_KAFKA is set, otherwise one from the log. */
export async function keepingOf(
  settings: Settings<Names> & KafkaSettings,
  { rebuild, around }: { readonly rebuild: boolean; readonly around: AroundEvents },
): Promise<Keeping> {
  const readModels = needed(settings, 'LEDGER_READ_MODELS');
  const { LEDGER_KAFKA_TOPIC: topic = usualTopic, LEDGER_LOG: address } = settings;
  const indexFile = positionsFile('projector', settings.LEDGER_DATA);
  if (settings.LEDGER_KAFKA === undefined)
    return Projector.of({ log: needed(settings, 'LEDGER_LOG'), readModels, indexFile, around });
  const broker = await KafkaBroker.open({ ...kafkaConnection(settings), client: 'ledger-projector' });
  const log = address === undefined ? undefined : await followLog(address, { indexFile });
  return new TopicProjector({
    broker,
    topic,
    readModels,
    rebuild,
    around,
    ...(log !== undefined && { log }),
  });
}
