import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allCouncils, recount, unknownGroup, UnexpectedJsonError, type ExportedEvent, type Recount } from '.';

/** A ledger made by hand: positions count from 1, ids are `e` and the position. */
class Ledger {
  readonly events: ExportedEvent[] = [];

  /** Records an event and gives its id. */
  given(stream: string, type: string, data: object, schemaVersion = 1): string {
    const position = this.events.length + 1;
    const revision = this.events.filter((event) => event.stream === stream).length;
    const event = {
      position: String(position),
      revision: String(revision),
      id: `e${position}`,
      type,
      schemaVersion,
      stream,
      recordedAt: `2017-01-01T00:00:${String(position % 60).padStart(2, '0')}.000Z`,
      data,
    };
    this.events.push(event);
    return event.id;
  }

  get head(): bigint {
    return BigInt(this.events.length);
  }

  recount(position = this.head): Recount {
    return recount(this.events, position);
  }

  measure(id: string, rule: string, parameters: object, kind = 'flow'): void {
    this.given(`measure-${id}`, 'MeasureDeclared', { label: id, unit: 'activity', kind, rule, parameters });
  }

  council(id: string, data: object = {}): string {
    return this.given(`body-${id}`, 'BodyRegistered', {
      kind: 'council',
      type: 'district',
      region: 'South East',
      from: null,
      ...data,
    });
  }

  control(id: string, control: string, from: string, to?: string): string {
    return this.given(`body-${id}`, 'ControlRecorded', { control, from, to });
  }

  support(
    id: string,
    when: string | [string, string],
    body: string,
    offer = 'advice',
    role = 'recipient',
  ): string {
    return this.given(`activity-${id}`, 'SupportProvided', {
      offer,
      occurred: occurred(when),
      bodies: [{ body, role }],
    });
  }

  attended(id: string, person: string, party: string, body = 'a', day = '2017-06-01'): string {
    return this.given(`activity-${id}`, 'CouncillorTrained', {
      offer: 'academy',
      occurred: occurred(day),
      person,
      body,
      course: 'C',
      party,
    });
  }
}

function occurred(when: string | [string, string]): object {
  const [from, to] = typeof when === 'string' ? [when, when] : when;
  return { from, to, basis: 'stated' };
}

const things = { kinds: ['activity'] };

describe('The year of a record', () => {
  test('is known when both ends lie in it, and a span across 31 March is of no year', () => {
    const ledger = new Ledger();
    ledger.measure('all', 'count-things/1', things);
    ledger.support('1', '2017-03-31', 'a');
    ledger.support('2', '2017-04-01', 'a');
    ledger.support('3', ['2017-03-31', '2017-04-01'], 'a');
    ledger.support('4', ['2016-04-01', '2017-03-31'], 'a');
    expect(ledger.recount().annualTotal('all', 201617)).toEqual({ value: 2 });
    expect(ledger.recount().annualTotal('all', 201718)).toEqual({ value: 1 });
  });
});

describe('The life of a record', () => {
  test('a correction holds from the position where it is recorded', () => {
    const ledger = new Ledger();
    ledger.measure('all', 'count-things/1', things);
    const first = ledger.support('1', '2016-05-01', 'a');
    const before = ledger.head;
    ledger.given('activity-1', 'ActivityCorrected', {
      corrects: first,
      type: 'SupportProvided',
      schemaVersion: 1,
      content: { offer: 'advice', occurred: occurred('2017-05-01'), bodies: [] },
      reason: 'wrong-date',
    });
    expect(ledger.recount(before).annualTotal('all', 201617).value).toBe(1);
    expect(ledger.recount().annualTotal('all', 201617).value).toBe(0);
    expect(ledger.recount().annualTotal('all', 201718).value).toBe(1);
  });

  test('whole days of version 1 are hundredths, in an event and in a correction', () => {
    const ledger = new Ledger();
    ledger.measure('days', 'sum/1', { kinds: ['peer-days'] });
    const challenge = (team: object[]): object => ({
      offer: 'corporate',
      occurred: occurred('2016-05-01'),
      bodies: [{ body: 'a', role: 'recipient' }],
      team,
    });
    const first = ledger.given(
      'activity-1',
      'PeerChallengeDelivered',
      challenge([{ person: 'p', role: 'lead', days: 3 }]),
    );
    ledger.given(
      'activity-2',
      'PeerChallengeDelivered',
      challenge([{ person: 'p', role: 'lead', daysHundredths: 250 }]),
      2,
    );
    expect(ledger.recount().annualTotal('days', 201617).value).toBe(550);
    ledger.given('activity-1', 'ActivityCorrected', {
      corrects: first,
      type: 'PeerChallengeDelivered',
      schemaVersion: 1,
      content: challenge([
        { person: 'p', role: 'lead', days: 4 },
        { person: 'q', role: 'member' },
      ]),
    });
    expect(ledger.recount().annualTotal('days', 201617).value).toBe(650);
  });

  test('withdrawn counts nothing, reinstated counts again, whole or one content event', () => {
    const ledger = new Ledger();
    ledger.measure('all', 'sum/1', { kinds: ['booking', 'attendance'] });
    const place = {
      offer: 'academy',
      occurred: occurred('2016-05-01'),
      person: 'p',
      body: 'a',
      party: 'Green',
    };
    const value = (): number => ledger.recount().annualTotal('all', 201617).value;
    const booked = ledger.given('activity-1', 'PlaceBooked', place);
    ledger.given('activity-1', 'CouncillorTrained', place);
    expect(value()).toBe(2);
    ledger.given('activity-1', 'ActivityWithdrawn', { withdraws: booked });
    expect(value()).toBe(1);
    ledger.given('activity-1', 'ActivityWithdrawn', {});
    expect(value()).toBe(0);
    ledger.given('activity-1', 'ActivityReinstated', { reinstates: booked });
    expect(value()).toBe(0);
    ledger.given('activity-1', 'ActivityReinstated', {});
    expect(value()).toBe(2);
  });

  test('merged away counts nothing until that merge is undone', () => {
    const ledger = new Ledger();
    ledger.measure('all', 'count-things/1', things);
    ledger.support('1', '2016-05-01', 'a');
    ledger.support('2', '2016-05-01', 'a');
    const value = (): number => ledger.recount().annualTotal('all', 201617).value;
    ledger.given('activity-2', 'ActivityMergedInto', { survivor: '1' });
    ledger.given('activity-1', 'MergeAccepted', { merged: '2' });
    expect(value()).toBe(1);
    ledger.given('activity-2', 'MergeUndone', { other: 'another' });
    expect(value()).toBe(1);
    ledger.given('activity-2', 'MergeUndone', { other: '1' });
    expect(value()).toBe(2);
  });
});

describe('Deliverables', () => {
  test('count under their last rating up to a day, which holds until the next one', () => {
    const ledger = new Ledger();
    ledger.measure('green', 'sum/1', { kinds: ['rating'], subjects: ['green'] }, 'stock');
    ledger.measure('reached', 'sum/1', { kinds: ['achieved'] }, 'stock');
    const agreed = (id: string): string =>
      ledger.given(`deliverable-${id}`, 'DeliverableAgreed', { year: 201920, targetCount: 75 });
    const rated = (id: string, asAt: string, rag: string, achieved: number): string =>
      ledger.given(`deliverable-${id}`, 'DeliverableRated', { asAt, rag, achieved });
    agreed('1');
    agreed('2');
    rated('1', '2020-03-31', 'green', 68);
    rated('1', '2019-09-30', 'amber', 64);
    const green = rated('2', '2019-09-30', 'green', 1);
    rated('2', '2019-03-31', 'red', 9);
    expect(ledger.recount().deliverables(201920, '2019-09-29')).toMatchObject({ total: 2, notRated: 2 });
    expect(ledger.recount().deliverables(201920, '2019-12-31')).toEqual({
      total: 2,
      green: 1,
      amber: 1,
      red: 0,
      notRated: 0,
    });
    expect(ledger.recount().annualTotal('green', 201920).value).toBe(2);
    expect(ledger.recount().annualTotal('reached', 201920).value).toBe(69);
    ledger.given('deliverable-2', 'DeliverableWithdrawn', { withdraws: green });
    expect(ledger.recount().deliverables(201920, '2020-03-31')).toMatchObject({ green: 1, notRated: 1 });
  });
});

describe('Measures', () => {
  test('different persons and bodies count once, repeats are added by a sum', () => {
    const ledger = new Ledger();
    ledger.measure('persons', 'distinct-persons/1', { kinds: ['attendance'] });
    ledger.measure('attendances', 'sum/1', { kinds: ['attendance'] });
    ledger.measure('bodies', 'distinct-bodies/1', { kinds: ['attendance'], councilsOnly: true });
    ledger.council('a');
    ledger.attended('1', 'p', 'Green');
    ledger.attended('2', 'p', 'Green');
    ledger.attended('3', 'q', 'Labour', 'not-registered');
    const found = ledger.recount();
    expect(found.annualTotal('persons', 201718)).toEqual({ value: 2 });
    expect(found.annualTotal('attendances', 201718)).toEqual({ value: 3 });
    expect(found.annualTotal('bodies', 201718)).toEqual({ value: 1 });
  });

  test('an average has the number of activities as its base', () => {
    const ledger = new Ledger();
    ledger.measure('team', 'mean/1', { kinds: ['peer'], roles: ['lead', 'team-member'] });
    const team = [
      { person: 'p', role: 'lead' },
      { person: 'q', role: 'member' },
      { person: 'r', role: 'manager' },
    ];
    for (const id of ['1', '2'])
      ledger.given(
        `activity-${id}`,
        'PeerChallengeDelivered',
        {
          offer: 'corporate',
          occurred: occurred('2016-05-01'),
          bodies: [],
          team: id === '1' ? team : team.slice(0, 1),
        },
        2,
      );
    expect(ledger.recount().annualTotal('team', 201617)).toEqual({ value: 3, base: 2 });
  });

  test('an offer counts in the programme where it is as recorded by the position', () => {
    const ledger = new Ledger();
    ledger.measure('of-x', 'count-things/1', { kinds: ['activity'], programmes: ['x'] });
    ledger.given('offer-advice', 'OfferDeclared', { label: 'Advice', programme: 'x' });
    ledger.support('1', '2016-05-01', 'a');
    const before = ledger.head;
    ledger.given('offer-advice', 'OfferMoved', { programme: 'y' });
    expect(ledger.recount(before).annualTotal('of-x', 201617).value).toBe(1);
    expect(ledger.recount().annualTotal('of-x', 201617).value).toBe(0);
  });

  test('a stock counts who is a member on the last day', () => {
    const ledger = new Ledger();
    ledger.measure('members', 'distinct-bodies/1', { kinds: ['membership'], roles: ['member'] }, 'stock');
    ledger.given('activity-1', 'MembershipStarted', { offer: 'club', body: 'a', from: '2016-05-01' });
    ledger.given('activity-2', 'MembershipStarted', { offer: 'club', body: 'b', from: '2016-05-01' });
    ledger.given('activity-1', 'MembershipEnded', { offer: 'club', body: 'a', on: '2018-04-01' });
    const end = ledger.given('activity-2', 'MembershipEnded', { offer: 'club', body: 'b', on: '2018-03-31' });
    const value = (year: number): number => ledger.recount().annualTotal('members', year).value;
    expect([201516, 201617, 201718, 201819].map(value)).toEqual([0, 2, 1, 0]);
    ledger.given('activity-2', 'ActivityWithdrawn', { withdraws: end });
    expect([201718, 201819].map(value)).toEqual([2, 1]);
  });

  test('a first time is counted only where it is declared that there was none before', () => {
    const ledger = new Ledger();
    ledger.measure('first', 'first-time/1', {
      kinds: ['support', 'earlier'],
      offers: ['advice'],
      roles: ['recipient'],
    });
    ledger.given('offer-advice', 'OfferDeclared', { label: 'Advice', programme: 'x' });
    const declared = (body: string, had: boolean): void => {
      ledger.given(`observation-${body}`, 'EarlierSupportDeclared', {
        offer: 'advice',
        body,
        had,
        upTo: '2016-03-31',
      });
    };
    for (const body of ['none', 'had', 'unknown', 'perhaps', 'again'])
      ledger.support(body, '2016-05-01', body);
    declared('none', false);
    declared('had', true);
    declared('perhaps', false);
    declared('again', false);
    ledger.support('wide', ['2016-03-01', '2016-04-30'], 'perhaps');
    ledger.support('later', '2017-05-01', 'again');
    expect(ledger.recount().annualTotal('first', 201617)).toEqual({ value: 1 + 1, base: 5 });
    ledger.support('wide-2', ['2016-04-30', '2017-04-30'], 'again');
    expect(ledger.recount().annualTotal('first', 201617)).toEqual({ value: 1, base: 5 });
    // Its second lies a year after its first.
    expect(ledger.recount().annualTotal('first', 201718)).toEqual({ value: 0, base: 1 });
  });

  test('parts accessed are different offers over the years that end with the one asked about', () => {
    const ledger = new Ledger();
    ledger.measure('parts', 'parts-accessed/1', { kinds: ['support'], atLeast: 2, years: 3 });
    ledger.support('1', '2016-04-01', 'a', 'x');
    ledger.support('2', '2019-03-31', 'a', 'y');
    ledger.support('3', '2019-03-31', 'a', 'y');
    const value = (year: number): number => ledger.recount().annualTotal('parts', year).value;
    expect([201718, 201819, 201920].map(value)).toEqual([0, 1, 0]);
  });
});

describe('The register', () => {
  test('a council exists from its first day and not on the day it is dissolved', () => {
    const ledger = new Ledger();
    ledger.council('old');
    ledger.council('new', { from: '2019-04-01' });
    ledger.council('authority', { kind: 'combined authority' });
    const before = ledger.head;
    ledger.given('body-old', 'BodyDissolved', { on: '2019-04-01', successors: [{ body: 'new' }] });
    const ids = (position: bigint, day: string): string[] =>
      ledger
        .recount(position)
        .councilsOn(day)
        .map(({ id }) => id);
    expect(ids(ledger.head, '2019-03-31')).toEqual(['old']);
    expect(ids(ledger.head, '2019-04-01')).toEqual(['new']);
    expect(ids(before, '2019-04-01')).toEqual(['new', 'old']);
  });

  test('facts are corrected and taken back, and control runs out', () => {
    const ledger = new Ledger();
    ledger.council('a');
    const first = ledger.control('a', 'Labour', '2016-05-05');
    const second = ledger.control('a', 'Conservative', '2017-05-04', '2018-05-03');
    const control = (day: string): string[] =>
      ledger
        .recount()
        .councilsOn(day)
        .map(({ control }) => control);
    expect(['2016-05-04', '2016-05-05', '2018-05-02', '2018-05-03'].map(control).flat()).toEqual([
      unknownGroup,
      'Labour',
      'Conservative',
      unknownGroup,
    ]);
    ledger.given('body-a', 'BodyFactCorrected', {
      corrects: first,
      type: 'ControlRecorded',
      schemaVersion: 1,
      content: { control: 'Green', from: '2017-05-04' },
    });
    // From the same day, but recorded later.
    expect(control('2017-05-04')).toEqual(['Green']);
    ledger.given('body-a', 'BodyFactWithdrawn', { event: first });
    expect(control('2017-05-04')).toEqual(['Conservative']);
    ledger.given('body-a', 'BodyFactWithdrawn', { event: second });
    expect(control('2017-05-04')).toEqual([unknownGroup]);
    ledger.given('body-a', 'BodyFactWithdrawn', { event: 'e1' });
    expect(control('2017-05-04')).toEqual([]);
  });
});

describe('Take-up', () => {
  test('groups councils by their control on 31 March, not on the day of the activity', () => {
    const ledger = new Ledger();
    for (const id of ['a', 'b']) {
      ledger.council(id);
      ledger.control(id, 'Labour', '2015-05-07');
    }
    ledger.council('c');
    ledger.support('1', '2016-04-20', 'a');
    ledger.control('a', 'Conservative', '2016-05-05');
    const before = ledger.head;
    ledger.control('b', 'Conservative', '2016-05-05');
    const rows = (position: bigint): unknown =>
      ledger.recount(position).takeUp({ offer: 'advice' }, 201617, 'control').rows;
    // The offer is not in the catalogue yet.
    expect(ledger.recount().takeUp({ offer: 'advice' }, 201617, 'control').total.numerator).toBe(0);
    ledger.given('offer-advice', 'OfferDeclared', { label: 'Advice', programme: 'x' });
    expect(rows(ledger.head)).toEqual([
      { group: 'Conservative', numerator: 1, base: 2, percentage: 50 },
      { group: unknownGroup, numerator: 0, base: 1, percentage: 0 },
    ]);
    expect(rows(before)).toEqual([
      { group: 'Conservative', numerator: 0, base: 1, percentage: 0 },
      { group: 'Labour', numerator: 0, base: 1, percentage: 0 },
      { group: unknownGroup, numerator: 0, base: 1, percentage: 0 },
    ]);
  });

  test('counts a merged council apart and the successor only for what it had itself', () => {
    const ledger = new Ledger();
    ledger.given('offer-advice', 'OfferDeclared', { label: 'Advice', programme: 'x' });
    ledger.council('old');
    ledger.council('new', { from: '2019-04-01', type: 'unitary' });
    ledger.given('body-old', 'BodyDissolved', { on: '2019-04-01', successors: [{ body: 'new' }] });
    ledger.support('1', '2018-05-01', 'old');
    ledger.support('2', '2019-05-01', 'old');
    const takeUp = (year: number): unknown => ledger.recount().takeUp({ programme: 'x' }, year, 'type');
    expect(takeUp(201819)).toEqual({
      rows: [{ group: 'district', numerator: 1, base: 1, percentage: 100 }],
      total: { group: allCouncils, numerator: 1, base: 1, percentage: 100 },
      formerCouncils: 0,
    });
    expect(takeUp(201920)).toEqual({
      rows: [{ group: 'unitary', numerator: 0, base: 1, percentage: 0 }],
      total: { group: allCouncils, numerator: 0, base: 1, percentage: 0 },
      formerCouncils: 1,
    });
  });

  test('counts a council once, in roles that count, and rounds half up', () => {
    const ledger = new Ledger();
    ledger.given('offer-advice', 'OfferDeclared', { label: 'Advice', programme: 'x' });
    for (let council = 0; council < 8; council++) ledger.council(`c${council}`);
    ledger.support('1', '2016-05-01', 'c0');
    ledger.support('2', '2016-06-01', 'c0');
    ledger.support('3', '2016-06-01', 'c1', 'advice', 'host');
    ledger.support('4', '2016-06-01', 'elsewhere');
    expect(ledger.recount().takeUp({ offer: 'advice' }, 201617, 'region').total).toEqual({
      group: allCouncils,
      numerator: 1,
      base: 8,
      percentage: 13,
    });
    expect(new Ledger().recount().takeUp({ offer: 'advice' }, 201617, 'region').total.percentage).toBeNull();
  });

  test('of a measure of activities counts the bodies those activities supported', () => {
    const ledger = new Ledger();
    ledger.measure('grants', 'sum/1', { kinds: ['grant'] });
    ledger.measure('supported', 'distinct-bodies/1', { kinds: ['support'], roles: ['host'] });
    for (const id of ['a', 'b', 'c']) ledger.council(id);
    ledger.support('1', '2016-05-01', 'a');
    ledger.support('2', '2016-05-01', 'c', 'advice', 'host');
    ledger.given('activity-3', 'GrantAwarded', {
      offer: 'fund',
      occurred: occurred('2016-05-01'),
      bodies: [
        { body: 'b', role: 'recipient' },
        { body: 'c', role: 'venue' },
      ],
      pence: 100,
    });
    const numerator = (measure: string): number =>
      ledger.recount().takeUp({ measure }, 201617, 'type').total.numerator;
    expect(numerator('grants')).toBe(1);
    expect(numerator('supported')).toBe(1);
  });

  test('by party counts different persons out of all who took part', () => {
    const ledger = new Ledger();
    ledger.measure('trained', 'distinct-persons/1', { kinds: ['attendance'] });
    ledger.attended('1', 'p', 'Green');
    ledger.attended('2', 'p', 'Labour');
    ledger.attended('3', 'q', 'Labour');
    const { rows, total } = ledger.recount().takeUp({ measure: 'trained' }, 201718, 'party');
    expect(rows).toEqual([
      { group: 'Green', numerator: 1, base: 2, percentage: 50 },
      { group: 'Labour', numerator: 2, base: 2, percentage: 100 },
    ]);
    expect(total.numerator).toBe(2);
  });
});

describe('Savings', () => {
  const amount = (fromYear: number, toYear: number, grossPence: number): object => ({
    fromYear,
    toYear,
    grossPence,
    basis: 'actual',
    qualifier: 'exact',
  });
  const claim = (amounts: object[], more: object = {}): object => ({
    bodies: [],
    occurred: occurred('2016-05-01'),
    gainType: 'income',
    realisation: 'delivered',
    amounts,
    ...more,
  });

  test('adds slices of the year by area, and divides no amount over several years', () => {
    const ledger = new Ledger();
    ledger.given('offer-advice', 'OfferDeclared', { label: 'Advice', programme: 'x', savingsArea: 'west' });
    ledger.given(
      'claim-1',
      'SavingsRecorded',
      claim([amount(201617, 201617, 100), amount(201718, 201718, 7)]),
    );
    ledger.given('claim-2', 'SavingsRecorded', claim([amount(201617, 201617, 20)], { offer: 'advice' }));
    ledger.given(
      'claim-3',
      'SavingsRecorded',
      claim([amount(201516, 201819, 4000)], { offer: 'advice', savingsArea: 'east' }),
    );
    const sort = { realisation: 'delivered', gainType: 'income', amountBasis: 'actual' };
    expect(ledger.recount().savings(201617)).toEqual({
      rows: [
        { area: 'west', pence: 20 },
        { area: null, pence: 100 },
      ],
      split: [{ ...sort, pence: 120 }],
      total: 120,
      notApportioned: 4000,
    });
    expect(ledger.recount().savings(201718)).toMatchObject({ total: 7, notApportioned: 4000 });
    expect(ledger.recount().savings(201920)).toEqual({ rows: [], split: [], total: 0, notApportioned: 0 });
  });

  test('a claim revised says only the new content, a claim withdrawn nothing', () => {
    const ledger = new Ledger();
    ledger.given('claim-1', 'SavingsRecorded', claim([amount(201617, 201617, 100)]));
    ledger.given('claim-1', 'ClaimRevised', {
      content: claim([amount(201617, 201617, 60)], { realisation: 'agreed' }),
    });
    expect(ledger.recount().savings(201617).split).toMatchObject([{ realisation: 'agreed', pence: 60 }]);
    const before = ledger.head;
    ledger.given('claim-1', 'ClaimWithdrawn', {});
    expect(ledger.recount().savings(201617).total).toBe(0);
    expect(ledger.recount(before).savings(201617).total).toBe(60);
  });
});

describe('The recount', () => {
  test('reads NDJSON in any order', () => {
    const ledger = new Ledger();
    ledger.measure('all', 'count-things/1', things);
    ledger.support('1', '2016-05-01', 'a');
    ledger.given('activity-1', 'ActivityWithdrawn', {});
    const lines = ledger.events.map((event) => JSON.stringify(event));
    expect(recount([...lines.toReversed(), ''], 3n).annualTotal('all', 201617).value).toBe(0);
    expect(recount(lines, 2n).annualTotal('all', 201617).value).toBe(1);
  });

  test('says what it cannot read rather than counting without it', () => {
    const ledger = new Ledger();
    ledger.measure('odd', 'unheard-of/1', things);
    expect(() => ledger.recount().annualTotal('odd', 201617)).toThrow(UnexpectedJsonError);
    expect(() => ledger.recount().annualTotal('none', 201617)).toThrow(UnexpectedJsonError);
    expect(() => recount(['{"position":1}'], 1n)).toThrow(UnexpectedJsonError);
    expect(() => recount([...ledger.events, ...ledger.events], 1n)).toThrow(UnexpectedJsonError);
  });

  test('imports nothing but its own files', () => {
    for (const file of readdirSync(__dirname).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
    )) {
      const text = readFileSync(join(__dirname, file), 'utf8');
      for (const [, from] of text.matchAll(/\bfrom '([^']+)'/g)) expect(from).toMatch(/^\.\/[a-z-]+$/);
    }
  });
});
