import { BrokerError } from '../errors';
import { onceKnown, onceLed } from './leadership';

/** Says one thing after another as a broker does that is asked through the client, and then that all is well. */
function saying(...types: readonly string[]): () => Promise<string> {
  const left = types.map(
    (type) =>
      new BrokerError('BROKER_UNAVAILABLE', 'Kafka does not take part.', {
        cause: Object.assign(new Error(type), { type }),
      }),
  );
  return async () => {
    const error = left.shift();
    if (error !== undefined) throw error;
    return 'well';
  };
}

describe('A partition that nobody leads at the moment', () => {
  it('is asked about again until somebody does', async () => {
    const asked = saying('NOT_LEADER_FOR_PARTITION', 'LEADER_NOT_AVAILABLE');
    expect(await onceLed(asked)).toBe('well');
  });

  it('is not waited for where the topic is not there at all', async () => {
    await expect(onceLed(saying('UNKNOWN_TOPIC_OR_PARTITION'))).rejects.toThrow(BrokerError);
  });

  it('is waited for where the topic was made a moment ago', async () => {
    expect(await onceKnown(saying('UNKNOWN_TOPIC_OR_PARTITION'))).toBe('well');
  });

  it('does not keep back what else goes wrong', async () => {
    await expect(onceKnown(saying('TOPIC_AUTHORIZATION_FAILED'))).rejects.toThrow(BrokerError);
  });
});
