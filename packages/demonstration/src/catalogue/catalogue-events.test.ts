import type { EventData } from '@ledger/events';
import { catalogueEntries } from './catalogue-events';

const entries = catalogueEntries();
const streams = entries.map(({ stream }) => stream);

const offers = entries.flatMap(({ stream, event }): readonly [string, EventData<'OfferDeclared'>][] =>
  event.type === 'OfferDeclared' ? [[stream.slice('offer-'.length), event.data]] : [],
);

test('everything is declared once, and after what it belongs to', () => {
  const declared = new Set<string>();
  const early: string[] = [];
  for (const { stream, event } of entries) {
    const parents =
      event.type === 'ProgrammeDeclared'
        ? [`theme-${event.data.theme}`]
        : event.type === 'OfferDeclared'
          ? [
              `programme-${event.data.programme}`,
              ...(event.data.savingsArea === undefined ? [] : [`savings-area-${event.data.savingsArea}`]),
            ]
          : [];
    if (!parents.every((parent) => declared.has(parent))) early.push(stream);
    declared.add(stream);
  }
  expect(early).toEqual([]);
  expect(new Set(streams).size).toBe(streams.length);
});

test('the savings areas are the seven rows of the annex, in its order', () => {
  const areas = entries.flatMap(({ event }) =>
    event.type === 'SavingsAreaDeclared' ? [[event.data.order, event.data.label]] : [],
  );
  expect(areas).toEqual([
    [1, 'Peer support and challenge'],
    [2, 'Productivity and efficiency'],
    [3, 'Audit'],
    [4, 'Data and digital'],
    [5, 'Working through partnerships'],
    [6, 'Leadership'],
    [7, 'Workforce'],
  ]);
});

test('the peer challenge programme holds every kind of peer challenge and nothing else', () => {
  const wrong = offers.filter(
    ([, { programme, peerChallenge }]) => (programme === 'peer-challenge') !== (peerChallenge === true),
  );
  expect(wrong).toEqual([]);
  expect(offers.some(([, { peerChallenge }]) => peerChallenge === true)).toBe(true);
});

test('support that is given discreetly is restricted', () => {
  expect(offers.filter(([, { restricted }]) => restricted === true).map(([offer]) => offer)).toEqual([
    'political-leadership-support',
    'intensive-support',
    'peer-mentoring',
    'top-team-development',
  ]);
});

test.each([
  ['productivity', ['productivity-experts', 'digital-support', 'finance-support']],
  ['leadership-programmes', ['leadership-academy', 'leadership-essentials', 'next-generation']],
])('the programme %s holds the offers that its published figures add up', (programme, held) => {
  const inProgramme = offers.filter(([, data]) => data.programme === programme).map(([offer]) => offer);
  expect(inProgramme).toEqual(expect.arrayContaining(held));
});
