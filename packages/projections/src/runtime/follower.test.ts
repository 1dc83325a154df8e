import { derivedId } from '@ledger/events';
import { MemoryEventLog } from '@ledger/event-log';
import { MemoryReadStore } from '@ledger/read-store';
import { LogFollower } from './follower';
import { Projector } from './projector';
import { historyFromLog } from './stream-history';

async function append(log: MemoryEventLog, number: number): Promise<bigint> {
  const id = derivedId('follower', String(number));
  const { position } = await log.append({
    writes: [
      {
        stream: `theme-${number}`,
        expected: 'any',
        events: [{ id, type: 'ThemeDeclared', schemaVersion: 1, data: { label: 'Theme' } }],
      },
    ],
    command: { actor: id, scope: 'test', key: id, hash: id },
    correlationId: id,
    causationId: id,
  });
  return position;
}

describe('a follower that keeps a pace', () => {
  it('applies at once what somebody waits for, and together what comes while nobody does', async () => {
    const log = new MemoryEventLog(() => 0);
    const store = new MemoryReadStore();
    const applied: number[] = [];
    const advance = store.advance.bind(store);
    store.advance = async (step, work) => {
      await advance(step, work);
      applied.push(step.to);
    };
    let paced = (): void => undefined;
    let asked = (): void => undefined;
    const askedForPace = new Promise<void>((resolve) => (asked = resolve));
    const follower = new LogFollower(log, new Projector(store, historyFromLog(log)), {
      pace: async (signal) => {
        asked();
        await new Promise<void>((resolve) => {
          paced = resolve;
          signal.addEventListener('abort', () => resolve());
        });
      },
    });
    await follower.start();
    await append(log, 1);
    await askedForPace;
    await append(log, 2);
    await append(log, 3);
    expect(applied).toEqual([]);
    paced();
    await follower.whenApplied(3n);
    expect(applied).toEqual([3]);
    const waited = follower.whenApplied(4n);
    await append(log, 4);
    await waited;
    expect(applied).toEqual([3, 4]);
    await follower.stop();
  });
});
