import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { addDays } from '@ledger/calendar';
import type { LedgerEvent } from '@ledger/events';
import { groupNames, groupOf } from './groups';
import { lintRegister } from './lint';
import { Register } from './register';
import {
  bodyIdOf,
  readBodiesFile,
  readControlFile,
  registerDataPath,
  RegisterFileError,
} from './register-file';
import { asFacts, shipped, shippedFacts } from './shipped.testing';

const counts = readFileSync(join(__dirname, 'council-counts.testdata.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((row) => row.split(','));

describe('the register at a date (F1)', () => {
  test('reproduces the number of councils of every date, region and type', () => {
    expect(counts.length).toBe(316);
    for (const [on = '', region, type, expected] of counts) {
      const found = shipped
        .councilsOn(on)
        .filter((council) => council.region === region && council.type === type);
      expect(`${on} ${region} ${type} ${found.length}`).toBe(`${on} ${region} ${type} ${expected}`);
    }
    for (const on of new Set(counts.map(([date = '']) => date))) {
      const sum = counts
        .filter(([date]) => date === on)
        .reduce((total, [, , , number]) => total + Number(number), 0);
      expect(shipped.councilsOn(on).length).toBe(sum);
    }
  });

  test.each([
    ['2015-04-01', 353],
    ['2019-03-31', 353],
    ['2019-04-01', 343],
    ['2020-03-31', 343],
    ['2020-04-01', 339],
    ['2021-03-31', 339],
    ['2021-04-01', 333],
    ['2023-03-31', 333],
    ['2023-04-01', 317],
    ['2026-11-01', 317],
  ])('on %s there are %i principal councils', (date, expected) =>
    expect(shipped.councilsOn(date).length).toBe(expected),
  );

  test.each([
    ['Liberal Democrat', 7],
    ['Conservative', 190],
    ['No overall control', 53],
  ])('on 31 March 2017 %s controls %i councils', (control, expected) =>
    expect(shipped.councilsOn('2017-03-31').filter((council) => council.control === control).length).toBe(
      expected,
    ),
  );

  test('the Isles of Scilly count as unitary and the City of London as a London borough', () => {
    const types = new Map(shipped.councilsOn('2017-03-31').map(({ name, type }) => [name, type]));
    expect([...types].filter(([name]) => /Scilly|City of London/.test(name)).map(([, type]) => type)).toEqual(
      expect.arrayContaining(['unitary', 'London borough']),
    );
  });

  test('every council of any date is in exactly one group of each kind', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4200 }), (days) => {
        for (const council of shipped.councilsOn(addDays('2015-04-01', days)))
          for (const by of ['region', 'type', 'control'] as const)
            expect(groupNames(by).filter((name) => name === groupOf(council, by))).toHaveLength(1);
      }),
      { numRuns: 25 },
    );
  });
});

describe('lineage (F3)', () => {
  const id = bodyIdOf;
  test('a county that was split has both successors, and each names it', () => {
    expect(shipped.successors(id('northamptonshire-county-council')).map(({ lineage }) => lineage)).toEqual([
      'split-into',
      'split-into',
    ]);
    expect(
      shipped.predecessors(id('cumberland-council')).map(({ body }) => shipped.body(body)?.name),
    ).toContain('Cumbria County Council');
  });
  test('a continuing authority whose type changed is two bodies', () => {
    expect(shipped.successors(id('north-yorkshire-county-council'))).toEqual([
      { body: id('north-yorkshire-council'), lineage: 'continued-as', on: '2023-04-01' },
    ]);
  });
});

describe('as recorded by', () => {
  const watford = bodyIdOf('watford-borough-council');
  const last = shippedFacts.at(-1)?.position ?? 0n;
  const late = { position: last + 1n, eventId: 'late', bodyId: watford };
  const recorded = shipped.body(watford)?.control.find(({ value }) => value.from === '2016-05-05');

  test('a control recorded late changes no answer as recorded before it', () => {
    const event: LedgerEvent = {
      type: 'ControlRecorded',
      data: { control: 'Green', from: '2016-06-01', source: 'test' },
    };
    const register = Register.fromFacts([...shippedFacts, { ...late, event }]);
    expect(register.controlOn(watford, '2017-03-31')).toBe('Green');
    expect(register.asRecordedBy(last).controlOn(watford, '2017-03-31')).toBe(
      shipped.controlOn(watford, '2017-03-31'),
    );
    expect(register.controlOn(watford, '2016-05-31')).toBe(shipped.controlOn(watford, '2016-05-31'));
  });

  test('a corrected control is in force from the correction on, a withdrawn one no longer', () => {
    if (recorded === undefined) throw new Error('Watford has a control of May 2016');
    const correction: LedgerEvent = {
      type: 'BodyFactCorrected',
      data: {
        corrects: recorded.eventId,
        type: 'ControlRecorded',
        schemaVersion: 1,
        content: { ...recorded.value, control: 'Labour' },
        source: 'test',
      },
    };
    const withdrawal: LedgerEvent = {
      type: 'BodyFactWithdrawn',
      data: { event: recorded.eventId, source: 'test' },
    };
    const corrected = Register.fromFacts([...shippedFacts, { ...late, event: correction }]);
    expect(corrected.controlOn(watford, '2016-06-01')).toBe('Labour');
    const withdrawn = Register.fromFacts([...shippedFacts, { ...late, event: withdrawal }]);
    expect(withdrawn.controlOn(watford, '2016-06-01')).toBe(shipped.controlOn(watford, '2016-05-01'));
  });

  test('a council about which nothing is recorded is unknown, never no overall control', () => {
    expect(shipped.controlOn(watford, '1990-01-01')).toBe('unknown');
    expect(shipped.controlOn(bodyIdOf('nobody'), '2017-01-01')).toBe('unknown');
  });
});

describe('the linter (F10)', () => {
  const table = readFileSync(registerDataPath('bodies.csv'), 'utf8');
  const lint = (text: string): string[] =>
    lintRegister(Register.fromFacts(asFacts(readBodiesFile(text)))).map(({ message }) => message);

  test('finds nothing in the register that is shipped', () => expect(lintRegister(shipped)).toEqual([]));

  test('finds end dates that are the last day instead of the first day without', () => {
    const inclusive = table.replaceAll(/,2021-04-01,(?=[a-z])/g, ',2021-03-31,');
    expect(lint(inclusive).join()).toContain('“until” is the first day without it');
  });
  test('finds abolished councils that a successor stands beside', () => {
    const late = table.replace(/^(corby[^\n]*),2021-04-01,/m, '$1,2021-04-02,');
    expect(lint(late).join()).toContain('both exist on 2021-04-01');
  });
  test('finds a council without a region', () => {
    expect(lint(table.replace(/^(borough-of-poole,[^\n]*),South West,/m, '$1,,')).join()).toContain(
      'Borough of Poole: a council needs a region',
    );
  });
  test('finds a county put in another region than its districts', () => {
    const wrong = table.replace(
      /^(lincolnshire-county-council,[^\n]*),East Midlands,/m,
      '$1,Yorkshire and The Humber,',
    );
    expect(lint(wrong).join()).toContain(
      'Lincolnshire County Council: it is put in Yorkshire and The Humber',
    );
  });
  test('finds a code that two councils have at one time', () => {
    expect(lint(table.replace(',E07000223,', ',E07000032,')).join()).toContain(
      'gss E07000032 is also a code of',
    );
  });
});

describe('register files', () => {
  test('next year’s table ends twelve councils and begins two', () => {
    const next = readBodiesFile(readFileSync(registerDataPath('planned-surrey-2027.csv'), 'utf8'));
    const known = new Set(shippedFacts.map(({ eventId }) => eventId));
    const fresh = next.filter(({ eventId }) => !known.has(eventId));
    const register = Register.fromFacts([
      ...shippedFacts,
      ...asFacts(fresh, BigInt(shippedFacts.length + 1)),
    ]);
    expect(register.councilsOn('2027-03-31').length).toBe(317);
    expect(register.councilsOn('2027-04-01').length).toBe(317 - 12 + 2);
    expect(lintRegister(register)).toEqual([]);
  });

  test('loading a file twice makes the same events', () => {
    const ids = (): string[] =>
      readControlFile(readFileSync(registerDataPath('control.csv'), 'utf8')).map(({ eventId }) => eventId);
    expect(ids()).toEqual(ids());
    expect(new Set(ids()).size).toBe(4376);
  });

  test('a bad file is refused whole, with every fault, its row and its column', () => {
    const bad =
      'key,from,to,control,seats,detail,source\na,2019-02-29,,Labour,12,,x\nb,2019-05-02,,Tory,many,,x\n';
    expect(() => readControlFile(bad)).toThrow(RegisterFileError);
    expect(() => readControlFile(bad)).toThrow(
      expect.objectContaining({
        faults: [
          expect.objectContaining({ row: 2, column: 'from' }),
          expect.objectContaining({ row: 3, column: 'seats' }),
          expect.objectContaining({ row: 3, column: 'control' }),
          expect.objectContaining({ row: 3, column: 'seats' }),
        ],
      }),
    );
  });
  test('a file without a column is refused by the column’s name', () => {
    expect(() => readControlFile('key,from\na,2019-05-02\n')).toThrow('the column is missing');
  });
});
