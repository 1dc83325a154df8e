import { Control, streamOf, type CouncilType, type EventData, type Region } from '@ledger/events';
import { content, type Content, type HistoryWriter } from './history-writer';
import { someDay } from './spans';
import { firstCouncils, type World } from './world';

const source = 'Invented register';

/** Two districts of the South East and two of the North East merge into a unitary each. */
const councils: readonly (readonly [CouncilType, Region])[] = [
  ['county', 'North East'],
  ['district', 'North East'],
  ['district', 'North East'],
  ['metropolitan', 'North East'],
  ['unitary', 'North East'],
  ['county', 'South East'],
  ['district', 'South East'],
  ['district', 'South East'],
  ['unitary', 'South East'],
  ['London borough', 'London'],
  ['London borough', 'London'],
  ['unitary', 'South East'],
  ['unitary', 'North East'],
];
const southEastern = { merging: [6, 7], successor: 11, on: '2019-04-01' } as const;
const northEastern = { merging: [1, 2], successor: 12, on: '2020-04-01' } as const;
/** A council that never was: its registration may be taken back. */
const mistaken = 10;

interface Fact {
  readonly id: string;
  readonly body: string;
  readonly council: number;
  readonly type: 'BodyRegistered' | 'BodyDissolved' | 'ControlRecorded';
  withdrawn: boolean;
}

/** Tells the register of a history, and changes what it told. */
export class RegisterSteps {
  readonly #facts: Fact[] = [];

  constructor(
    readonly writer: HistoryWriter,
    readonly world: World,
  ) {}

  /** The register as it is at the beginning: one merger known in part, controls of most councils. */
  begin(): void {
    for (let council = 0; council < firstCouncils; council++) this.#register(council);
    this.world.others.forEach((body, at) =>
      this.writer.say(streamOf('body', body), 'BodyRegistered', {
        kind: at === 0 ? 'combined authority' : 'company',
        name: `Invented body ${at}`,
        codes: [],
        from: null,
        source,
      }),
    );
    this.#dissolve(southEastern.merging[0], southEastern.on, southEastern.successor);
    for (let council = 0; council < firstCouncils; council++)
      if (this.writer.random.percent(80)) this.#recordControl(council);
  }

  /** Something about the register is recorded late, corrected or taken back. */
  change(): void {
    const { random } = this.writer;
    random.weighted<() => void>([
      [10, () => this.#recordControl(random.below(this.#registered()))],
      [3, () => this.#dissolveLate()],
      [5, () => this.#correct()],
      [3, () => this.#withdraw()],
      [1, () => this.#rename()],
    ])();
  }

  #registered(): number {
    return this.#facts.some(({ council }) => council === northEastern.successor)
      ? firstCouncils + 1
      : firstCouncils;
  }

  #body(council: number): string {
    const body = this.world.councils[council];
    if (body === undefined) throw new RangeError(`There is no council ${council}`);
    return body;
  }

  #tell(council: number, type: Fact['type'], told: Content): void {
    const body = this.#body(council);
    const id = this.writer.record(streamOf('body', body), told);
    this.#facts.push({ id, body, council, type, withdrawn: false });
  }

  #register(council: number): void {
    this.#tell(council, 'BodyRegistered', this.#registration(council));
  }

  #registration(council: number, from = this.#beginning(council)): Content {
    const [type, region] = councils[council] ?? ['unitary', 'London'];
    return content('BodyRegistered', {
      kind: 'council',
      name: `Invented council ${council}`,
      type,
      region,
      codes: [],
      from,
      source,
    });
  }

  #beginning(council: number): string | null {
    if (council === southEastern.successor) return southEastern.on;
    if (council === northEastern.successor) return northEastern.on;
    return council % 2 === 0 ? null : '1974-04-01';
  }

  #control(): Content {
    const { random } = this.writer;
    const year = random.between(2013, 2021);
    const from = random.weighted<() => string>([
      [6, () => `${year}-05-0${random.between(2, 7)}`],
      [1, () => `${year}-03-31`],
      [1, () => `${year}-04-01`],
      [1, () => someDay(random)],
    ])();
    const control: EventData<'ControlRecorded'> = {
      // A few, so that groups have several councils.
      control: random.pick(Control.options.slice(0, 3).concat('No overall control')),
      from,
      source,
    };
    return content(
      'ControlRecorded',
      random.percent(12)
        ? { ...control, to: `${Number(from.slice(0, 4)) + random.between(1, 3)}${from.slice(4)}` }
        : control,
    );
  }

  #recordControl(council: number): void {
    this.#tell(council, 'ControlRecorded', this.#control());
  }

  #dissolution(on: string, successor: number): Content {
    return content('BodyDissolved', {
      on,
      successors: [{ body: this.#body(successor), lineage: 'merged-into' }],
      source,
    });
  }

  #dissolve(council: number, on: string, successor: number): void {
    this.#tell(council, 'BodyDissolved', this.#dissolution(on, successor));
  }

  #standing(council: number, type: Fact['type']): boolean {
    return this.#facts.some((fact) => fact.council === council && fact.type === type && !fact.withdrawn);
  }

  /** Half of a merger that nobody had recorded, if there is one. */
  #dissolveLate(): void {
    const { random } = this.writer;
    const merger = random.percent(50) ? southEastern : northEastern;
    const left = merger.merging.filter((council) => !this.#standing(council, 'BodyDissolved'));
    const [council] = left;
    if (council === undefined) return;
    if (!this.#facts.some((fact) => fact.council === merger.successor)) this.#register(merger.successor);
    this.#dissolve(council, merger.on, merger.successor);
  }

  #corrected({ type, council }: Fact): Content {
    const { random } = this.writer;
    if (type === 'ControlRecorded') return this.#control();
    if (type === 'BodyDissolved')
      return this.#dissolution(
        random.pick(['2018-04-01', '2019-04-01', '2020-04-01', someDay(random)]),
        council === 1 || council === 2 ? northEastern.successor : southEastern.successor,
      );
    return this.#registration(
      council,
      random.pick([this.#beginning(council), '2018-04-01', someDay(random)]),
    );
  }

  #correct(): void {
    const { random } = this.writer;
    const fact = random.pick(this.#facts.filter(({ withdrawn }) => !withdrawn));
    const { type, schemaVersion, data } = this.#corrected(fact);
    this.writer.say(streamOf('body', fact.body), 'BodyFactCorrected', {
      corrects: fact.id,
      type,
      schemaVersion,
      content: data,
      source,
    });
  }

  #withdraw(): void {
    const mayGo = this.#facts.filter(
      (fact) => !fact.withdrawn && (fact.type !== 'BodyRegistered' || fact.council === mistaken),
    );
    if (mayGo.length === 0) return;
    const fact = this.writer.random.pick(mayGo);
    fact.withdrawn = true;
    this.writer.say(streamOf('body', fact.body), 'BodyFactWithdrawn', { event: fact.id, source });
  }

  #rename(): void {
    const { random } = this.writer;
    const stream = streamOf('body', this.#body(random.below(firstCouncils)));
    const from = someDay(random);
    if (random.percent(50))
      this.writer.say(stream, 'BodyRenamed', { name: `Renamed council ${random.below(100)}`, from, source });
    else
      this.writer.say(stream, 'CodeAssigned', {
        system: 'gss',
        code: `E0${random.between(1000000, 9999999)}`,
        from,
        former: false,
        source,
      });
  }
}
