import { derivedId, streamOf } from '@ledger/events';
import type { EventLog } from '@ledger/event-log';
import { ReferenceData, seesEverything } from '@ledger/projections';
import { importFile, Recording, takeBackAtStart, type ImportReport } from '@ledger/recording';
import { MemoryVault } from '@ledger/vault';
import { RecordedLedger } from '../running/recorded-ledger';
import { smallAppends } from '../running/small-appends';

const today = '2020-06-01';
const editor = derivedId('test-user', 'editor');

/** How many events one append takes here, so that small files are large. */
const appendEvents = 12;

/**
 * A log of small appends that is gone after so many of them: what is killed is killed between two appends.
 * @param before what others do just before an append
 */
function cutAfter(log: EventLog, appends: number, before: (types: string[]) => Promise<void>): EventLog {
  let left = appends;
  const append: EventLog['append'] = async (request) => {
    if (left <= 0) throw new Error('killed');
    left -= 1;
    await before(request.writes.flatMap(({ events }) => events.map(({ type }) => type)));
    return log.append(request);
  };
  return smallAppends(log, appendEvents, append);
}

/** A ledger in memory whose appends are small, and which may be cut off after any of them. */
export class PartedLedger {
  readonly recorded = new RecordedLedger(() => Date.parse(`${today}T09:00:00Z`));
  readonly #reference = new ReferenceData(this.recorded.store);
  readonly #vault = new MemoryVault();

  static async start(): Promise<PartedLedger> {
    const ledger = new PartedLedger();
    const { recorded } = ledger;
    await recorded.start();
    await recorded.add(streamOf('body', derivedId('test-body', 'one')), 'BodyRegistered', {
      kind: 'council',
      name: 'Council One',
      type: 'district',
      region: 'London',
      codes: [],
      from: '1974-04-01',
      source: 'test',
    });
    await recorded.add('theme-t', 'ThemeDeclared', { label: 'Theme' });
    await recorded.add('programme-p', 'ProgrammeDeclared', { label: 'Programme', theme: 't' });
    await recorded.add('offer-p', 'OfferDeclared', { label: 'Offer', programme: 'p' });
    return ledger;
  }

  /** A process on this ledger, which is gone after so many appends; others may do something just before any of them. */
  process(
    appends = Infinity,
    before: (types: string[]) => Promise<void> = () => Promise.resolve(),
  ): Recording {
    const log = cutAfter(this.recorded.log, appends, before);
    const applied = async (): Promise<bigint> => {
      const { position } = await log.head();
      await this.recorded.follower.whenApplied(position);
      return position;
    };
    return new Recording({
      log,
      vault: this.#vault,
      today: () => today,
      purpose: 'demonstration',
      parked: async () => 0,
      reference: async () => {
        const position = await applied();
        return {
          register: await this.#reference.register(position),
          catalogue: await this.#reference.catalogue(position),
        };
      },
      activities: async () => (of) => this.recorded.activities(of),
      imports: async () => this.#reference.imports(await applied()),
      undecided: async () => this.#reference.undecidedAdjustments(await applied()),
    });
  }

  async import(process: Recording, text: string, key: string, dryRun = false): Promise<ImportReport> {
    const bytes = Buffer.from(text);
    const command = { actor: editor, programmes: 'all' as const, key, dryRun };
    return importFile(process, command, { bytes, name: 'large.csv', map: 'SupportProvided' });
  }

  /** The ledger is opened again. */
  async open(): Promise<Recording> {
    const process = this.process();
    await takeBackAtStart(process, { actor: editor, programmes: 'all' });
    return process;
  }

  /** The records that stand, and how many imports are only partly there: what every figure says. */
  async standing(): Promise<{
    readonly records: number;
    readonly importing: number;
    readonly incomplete: boolean;
  }> {
    const { position } = await this.recorded.log.head();
    await this.recorded.follower.whenApplied(position);
    const { importing = 0, incomplete } = await this.recorded.queries.standing();

    const { records } = await this.recorded.queries.records({ viewer: seesEverything, limit: 500 });
    return { records: records.filter(({ state }) => state === 'standing').length, importing, incomplete };
  }
}
