import { streamOf, type CorrectionReason } from '@ledger/events';
import { activityContent, furtherContent, isActivityType, someOpening } from './activity-contents';
import { claimContent } from './claim-contents';
import { claimStep } from './claim-steps';
import { deliverableContent, isDeliverableType } from './deliverable-contents';
import { content, type Content, type HistoryWriter } from './history-writer';
import { isObservationType, observationContent, someObservation } from './observation-contents';
import type { World } from './world';

/** A content event of a record, as it was first said. */
interface Said extends Content {
  readonly id: string;
  withdrawn: boolean;
}

/** An activity, claim, observation or deliverable of the history so far. */
interface RecordSoFar {
  readonly kind: 'activity' | 'claim' | 'observation' | 'deliverable';
  readonly id: string;
  readonly illustrative: boolean;
  readonly said: Said[];
  withdrawn: boolean;
  /** The record it was merged into. */
  survivor: RecordSoFar | null;
}

const reason: CorrectionReason = 'late-information';

/** How the events that change a record of a kind begin. */
const nameOf = { activity: 'Activity', observation: 'Observation', deliverable: 'Deliverable' } as const;

/** The event that changes a record of a kind; a claim has changes of its own. */
function changeOf(
  kind: RecordSoFar['kind'],
  change: 'Corrected' | 'Withdrawn' | 'Reinstated',
  data: Content['data'],
): Content {
  if (kind === 'claim') throw new RangeError(`A claim is not ${change.toLowerCase()} in this way`);
  return { type: `${nameOf[kind]}${change}`, schemaVersion: 1, data };
}

/** The same day of another year. No day of a history is 29 February. */
function yearsOn(date: string, years: number): string {
  return `${Number(date.slice(0, 4)) + years}${date.slice(4)}`;
}

/** Records things, and changes what they say. */
export class RecordSteps {
  readonly #records: RecordSoFar[] = [];

  constructor(
    readonly writer: HistoryWriter,
    readonly world: World,
  ) {}

  /** One step in the life of some record, new or old. */
  step(): void {
    const { random } = this.writer;
    random.weighted<() => void>([
      [40, () => this.#openActivity()],
      [8, () => this.#open('claim', content('SavingsRecorded', claimContent(random, this.world)))],
      [6, () => this.#open('observation', observationContent(someObservation(random), random, this.world))],
      [3, () => this.#open('deliverable', deliverableContent('DeliverableAgreed', random))],
      [6, () => this.#rate()],
      [14, () => this.#goOn()],
      [12, () => this.#correct()],
      [5, () => this.#withdraw()],
      [4, () => this.#withdrawContent()],
      [3, () => this.#reinstate()],
      [3, () => this.#reinstateContent()],
      [5, () => this.#merge()],
      [3, () => this.#undoMerge()],
      [4, () => this.#reviseClaim()],
      [14, () => this.#goOnWithClaim()],
    ])();
  }

  #tell(record: RecordSoFar, told: Content): string {
    return this.writer.record(streamOf(record.kind, record.id), told, record.illustrative);
  }

  #say(record: RecordSoFar, said: Content): void {
    record.said.push({ ...said, id: this.#tell(record, said), withdrawn: false });
  }

  #open(kind: RecordSoFar['kind'], said: Content): void {
    const { random } = this.writer;
    const record = {
      kind,
      id: random.uuid(),
      illustrative: random.percent(10),
      said: [],
      withdrawn: false,
      survivor: null,
    };
    this.#records.push(record);
    this.#say(record, said);
  }

  /** A new activity; now and then the very same as one before, as when two people log it. */
  #openActivity(): void {
    const { random } = this.writer;
    const before = random.percent(10) ? this.#someRecord((record) => record.kind === 'activity') : undefined;
    const said = before?.said[0] ?? activityContent(someOpening(random), random, this.world);
    this.#open('activity', { type: said.type, schemaVersion: said.schemaVersion, data: said.data });
  }

  #someRecord(fits: (record: RecordSoFar) => boolean): RecordSoFar | undefined {
    const fitting = this.#records.filter(fits);
    return fitting.length === 0 ? undefined : this.writer.random.pick(fitting);
  }

  /** The next state of a place on a course, or the end of a membership. */
  #goOn(): void {
    const record = this.#someRecord(
      ({ said: [first], said }) =>
        first !== undefined &&
        (first.type === 'MembershipStarted'
          ? !said.some(({ type, withdrawn }) => type === 'MembershipEnded' && !withdrawn)
          : furtherContent(first, this.writer.random) !== undefined),
    );
    const [first] = record?.said ?? [];
    const next = first && furtherContent(first, this.writer.random);
    if (record !== undefined && next !== undefined) this.#say(record, next);
  }

  #rate(): void {
    const record = this.#someRecord(({ kind }) => kind === 'deliverable');
    if (record !== undefined) this.#say(record, deliverableContent('DeliverableRated', this.writer.random));
  }

  #contentLike({ type, data }: Said): Content {
    const { random } = this.writer;
    if (isDeliverableType(type)) return deliverableContent(type, random);
    if (isObservationType(type)) return observationContent(type, random, this.world);
    if (!isActivityType(type)) throw new RangeError(`${type} is no content of an activity or observation`);
    const fresh = activityContent(type, random, this.world);
    // A membership begins earlier or ends later, so that its dates stay in their order.
    if (type === 'MembershipStarted')
      return { ...fresh, data: { ...fresh.data, from: yearsOn(String(data['from']), -random.below(3)) } };
    if (type === 'MembershipEnded')
      return { ...fresh, data: { ...fresh.data, on: yearsOn(String(data['on']), random.below(3)) } };
    // Half of the others change when it was, and nothing else.
    if (random.percent(50) || type === 'PeerChallengeDelivered') return fresh;
    return { ...fresh, data: { ...data, occurred: fresh.data['occurred'] } };
  }

  #correct(): void {
    const record = this.#someRecord(({ kind }) => kind !== 'claim');
    if (record === undefined) return;
    const said = this.writer.random.pick(record.said);
    const { type, schemaVersion, data } = this.#contentLike(said);
    const correction = { corrects: said.id, type, schemaVersion, content: data, reason };
    this.#tell(record, changeOf(record.kind, 'Corrected', correction));
  }

  #withdraw(): void {
    const record = this.#someRecord(({ withdrawn }) => !withdrawn);
    if (record === undefined) return;
    record.withdrawn = true;
    this.#tell(
      record,
      record.kind === 'claim'
        ? content('ClaimWithdrawn', { reason })
        : changeOf(record.kind, 'Withdrawn', { reason }),
    );
  }

  #reinstate(): void {
    const record = this.#someRecord(({ kind, withdrawn }) => withdrawn && kind !== 'claim');
    if (record === undefined) return;
    record.withdrawn = false;
    this.#tell(record, changeOf(record.kind, 'Reinstated', { reason }));
  }

  #withdrawContent(): void {
    const record = this.#someRecord(
      ({ kind, said }) => kind !== 'claim' && said.some(({ withdrawn }) => !withdrawn),
    );
    if (record === undefined) return;
    const said = this.writer.random.pick(record.said.filter(({ withdrawn }) => !withdrawn));
    said.withdrawn = true;
    const withdrawal = { withdraws: said.id, reason };
    this.#tell(record, changeOf(record.kind, 'Withdrawn', withdrawal));
  }

  #reinstateContent(): void {
    const record = this.#someRecord(({ said }) => said.some(({ withdrawn }) => withdrawn));
    if (record === undefined) return;
    const said = this.writer.random.pick(record.said.filter(({ withdrawn }) => withdrawn));
    said.withdrawn = false;
    const reinstatement = { reinstates: said.id, reason };
    this.#tell(record, changeOf(record.kind, 'Reinstated', reinstatement));
  }

  /** Written to both streams, one after the other, as in one append. */
  #merge(): void {
    const record = this.#someRecord(({ kind, survivor }) => kind === 'activity' && survivor === null);
    const survivor = this.#someRecord(
      (other) => other.kind === 'activity' && other !== record && other.survivor === null,
    );
    if (record === undefined || survivor === undefined) return;
    record.survivor = survivor;
    this.#tell(record, content('ActivityMergedInto', { survivor: survivor.id, reason }));
    this.#tell(survivor, content('MergeAccepted', { merged: record.id, reason }));
  }

  #undoMerge(): void {
    const record = this.#someRecord(({ survivor }) => survivor !== null);
    if (record === undefined || record.survivor === null) return;
    const { survivor } = record;
    record.survivor = null;
    this.#tell(record, content('MergeUndone', { other: survivor.id, reason }));
    this.#tell(survivor, content('MergeUndone', { other: record.id, reason }));
  }

  #reviseClaim(): void {
    const record = this.#someRecord(({ kind, withdrawn }) => kind === 'claim' && !withdrawn);
    if (record === undefined) return;
    this.#tell(
      record,
      content('ClaimRevised', { content: claimContent(this.writer.random, this.world), reason }),
    );
  }

  /** Any step in the life of a claim, whether or not a decider would allow it: the fold takes them all. */
  #goOnWithClaim(): void {
    const record = this.#someRecord(({ kind, withdrawn }) => kind === 'claim' && !withdrawn);
    if (record !== undefined) this.#tell(record, claimStep(this.writer.random));
  }
}
