import { derivedId, streamOf } from '@ledger/events';
import type { LedgerQueries, PublicationAnswer, PublicationChanges } from '@ledger/projections';
import { publish, type PublicationParts } from '@ledger/publications';
import type { Outcome } from '@ledger/recording';
import { ClosingLedger } from '../periods/closing-ledger';

const publisher = derivedId('test-user', 'publisher');

/** A ledger in memory that publishes figures and compares them with what they come to later. */
export class PublishingLedger {
  private constructor(readonly closing: ClosingLedger) {}

  static async start(): Promise<PublishingLedger> {
    return new PublishingLedger(await ClosingLedger.start(2));
  }

  /** The questions, once everything that is recorded is applied. */
  async queries(): Promise<LedgerQueries> {
    const { log, follower, queries } = this.closing.recorded;
    await follower.whenApplied((await log.head()).position);
    return queries;
  }

  get parts(): PublicationParts {
    return {
      recording: this.closing.recording,
      queries: this.closing.recorded.queries,
      whenApplied: async () => undefined,
      whenUpToDate: async () => {
        await this.queries();
      },
      sealOver: () => null,
      nameOf: async (id) => id,
    };
  }

  /** Publishes and gives what was recorded. @throws DecisionRefused */
  async publish(request: object, key?: string): Promise<Outcome> {
    const command = this.closing.command({ publication: 'Annual report', ...request }, publisher);
    return publish(this.parts, key === undefined ? command : { ...command, key });
  }

  /** Publishes the figure of a question, and gives the publication's id. */
  async published(request: object): Promise<string> {
    const { records } = await this.publish(request);
    return records[0]?.id ?? '';
  }

  async read(id: string): Promise<PublicationAnswer> {
    const answer = await (await this.queries()).publication(id);
    if (answer === undefined) throw new RangeError(`There is no publication ${id}`);
    return answer;
  }

  async changes(id: string, cursor?: string): Promise<PublicationChanges> {
    const queries = await this.queries();
    const answer = await queries.publicationChanges({ id, ...(cursor !== undefined && { cursor }) });
    if (answer === undefined) throw new RangeError(`There is no publication ${id}`);
    return answer;
  }

  /** Events that were held on days of 2019/20, so many in one command. */
  async held(count: number, day = '2019-06-03'): Promise<Outcome> {
    const { closing } = this;
    return closing.recording.record(
      closing.command({
        records: Array.from({ length: count }, (_, at) => ({
          type: 'EventHeld',
          data: {
            offer: 'p0',
            title: `Workshop ${at}`,
            occurred: { from: day, to: day, basis: 'stated' },
            attendees: 10,
          },
          comment: 'As it was',
        })),
      }),
    );
  }

  async withdraw(id: string): Promise<Outcome> {
    const { closing } = this;
    return closing.recording.withdraw(
      { kind: 'activity', id },
      closing.command({ reason: 'did-not-happen' }),
    );
  }

  /** An event that this release cannot read. */
  async poison(): Promise<void> {
    await this.closing.recorded.raw(
      streamOf('activity', derivedId('test', 'poison')),
      'SomethingElse',
      1,
      {},
    );
  }

  async stop(): Promise<void> {
    await this.closing.stop();
  }
}
