import { initialMeasures, type Thing } from '@ledger/domain';
import { derivedId, streamOf } from '@ledger/events';
import type { EventLog } from '@ledger/event-log';
import { ReferenceData } from '@ledger/projections';
import { closePeriod, Recording, type Command, type Outcome } from '@ledger/recording';
import { MemoryVault } from '@ledger/vault';
import { recount, type ExportedEvent, type Recount } from '../recount';
import { RecordedLedger } from '../running/recorded-ledger';

/** The London date of every command here. */
const today = '2020-06-01';
/** The clock of its log. */
export const closingClock = (): number => Date.parse(`${today}T09:00:00Z`);
const editor = derivedId('test-user', 'editor');
const finance = derivedId('test-user', 'finance');

export interface Made {
  readonly outcome: Outcome;
  /** The record it made or changed. */
  readonly id: string;
}

/** A ledger, in memory unless its log is somewhere else, with programmes `p0`, `p1` …, each with one offer of the same name, taking commands as any. */
export class ClosingLedger {
  readonly recorded: RecordedLedger;
  readonly vault = new MemoryVault();
  readonly recording: Recording;
  readonly bodies = ['one', 'two'].map((name) => derivedId('test-body', name));
  #commands = 0;

  private constructor(kept: EventLog | undefined) {
    this.recorded = new RecordedLedger(closingClock, undefined, kept);
    const reference = new ReferenceData(this.recorded.store);
    const { log, follower } = this.recorded;
    const applied = async (): Promise<bigint> => {
      const { position } = await log.head();
      await follower.whenApplied(position);
      return position;
    };
    this.recording = new Recording({
      log,
      vault: this.vault,
      today: () => today,
      purpose: 'demonstration',
      reference: async () => {
        const position = await applied();
        return {
          register: await reference.register(position),
          catalogue: await reference.catalogue(position),
        };
      },
      activities: async () => (of) => this.recorded.activities(of),
      imports: async () => reference.imports(await applied()),
      undecided: async () => reference.undecidedAdjustments(await applied()),
      parked: async () => {
        await applied();
        return (await this.recorded.store.parked(Number.MAX_SAFE_INTEGER)).length;
      },
    });
  }

  static async start(programmes: number, log?: EventLog): Promise<ClosingLedger> {
    const ledger = new ClosingLedger(log);
    const { recorded } = await ledger.#started();
    for (const body of ledger.bodies)
      await recorded.add(streamOf('body', body), 'BodyRegistered', {
        kind: 'council',
        name: `Council ${body.slice(0, 6)}`,
        type: 'district',
        region: 'London',
        codes: [],
        from: '1974-04-01',
        source: 'test',
      });
    await recorded.add('theme-t', 'ThemeDeclared', { label: 'Theme' });
    for (let at = 0; at < programmes; at++) {
      await recorded.add(`programme-p${at}`, 'ProgrammeDeclared', { label: `Programme ${at}`, theme: 't' });
      await recorded.add(`offer-p${at}`, 'OfferDeclared', { label: `Offer ${at}`, programme: `p${at}` });
    }
    for (const { id, ...measure } of initialMeasures)
      await recorded.add(streamOf('measure', id), 'MeasureDeclared', measure);
    return ledger;
  }

  async #started(): Promise<this> {
    await this.recorded.start();
    return this;
  }

  /** A command of somebody, under a key of its own. */
  command(request: unknown, actor = editor): Command {
    return { actor, programmes: 'all', key: String(++this.#commands), request };
  }

  /** Records one thing. @throws DecisionRefused as any command */
  async record(type: string, data: object): Promise<Made> {
    const outcome = await this.recording.record(
      this.command({ records: [{ type, data, comment: 'As it was' }] }),
    );
    return { outcome, id: outcome.records[0]?.id ?? '' };
  }

  /** An event that was held, of an offer, on a day or over some. */
  async held(offer: string, from: string, to = from): Promise<Made> {
    return this.record('EventHeld', {
      offer,
      title: 'Workshop',
      occurred: { from, to, basis: 'stated' },
      attendees: 10,
    });
  }

  async close(
    year: number,
    level: 'provisional' | 'final',
    part: { readonly quarter?: number; readonly programme?: string } = {},
  ): Promise<Outcome> {
    return closePeriod(this.recording, year, this.command({ level, ...part }, finance));
  }

  /** Closes a year of all programmes, finally. */
  async closeFinally(year: number): Promise<bigint> {
    await this.close(year, 'provisional');
    const { position } = await this.close(year, 'final');
    return BigInt(position ?? 0);
  }

  async thing(id: string, kind: Thing['kind'] = 'activity'): Promise<Thing> {
    return this.recording.read(kind, id);
  }

  /** Everything in the log, as the ledger exports it. */
  async exported(): Promise<readonly ExportedEvent[]> {
    const events: ExportedEvent[] = [];
    for await (const { position, revision, bytes } of this.recorded.log.readAll()) {
      // The log holds the stored bodies that it made itself.
      const body = JSON.parse(Buffer.from(bytes).toString('utf8')) as Omit<
        ExportedEvent,
        'position' | 'revision'
      >;
      events.push({ ...body, position: String(position), revision: String(revision) });
    }
    return events;
  }

  /** The independent recount of the ledger as it is, or was at a position. */
  async recount(position?: bigint): Promise<Recount> {
    return recount(await this.exported(), position ?? (await this.recorded.log.head()).position);
  }

  async stop(): Promise<void> {
    await this.recorded.stop();
  }
}
