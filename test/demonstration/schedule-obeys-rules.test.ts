import { existsOn } from '@ledger/councils';
import { checkContent, isRecordContent, type DecisionContext } from '@ledger/domain';
import { demonstrationSchedule, scheduledRegister } from '@ledger/demonstration';

const register = scheduledRegister();
const schedule = demonstrationSchedule(true);
const offers = new Map<string, { readonly peerChallenge: boolean; readonly countedLevel: null }>();
const areas = new Set<string>();
const others = new Set<string>();
for (const { stream, event } of schedule.flatMap(({ events }) => events)) {
  if (event.type === 'OfferDeclared')
    offers.set(stream.slice('offer-'.length), {
      peerChallenge: event.data.peerChallenge === true,
      countedLevel: null,
    });
  if (event.type === 'SavingsAreaDeclared') areas.add(stream.slice('savings-area-'.length));
  if (event.type === 'BodyRegistered' && event.data.kind !== 'council')
    others.add(stream.slice('body-'.length));
}

function contextOf(day: string): DecisionContext {
  return {
    today: day,
    offers: { offer: (id) => offers.get(id), savingsArea: (id) => areas.has(id) },
    bodies: {
      problemDuring: (id, { from, to }) => {
        const body = register.body(id);
        const exists = others.has(id) || (body !== undefined && (existsOn(body, from) || existsOn(body, to)));
        return exists ? null : `${id} does not exist from ${from} to ${to}`;
      },
    },
  };
}

test('every record of the demonstration obeys the rules on the day it comes in, without a warning', () => {
  const found = schedule.flatMap(({ day, events }) =>
    events.flatMap(({ event }) => {
      if (!isRecordContent(event.type)) return [];
      const { errors, warnings } = checkContent(event, contextOf(day));
      return [...errors, ...warnings].map(
        ({ code, path, message }) => `${day} ${event.type} ${code} ${path}: ${message}`,
      );
    }),
  );
  expect(found).toEqual([]);
});

test('its days never go back, and it begins with the opening of the ledger', () => {
  const days = schedule.map(({ day }) => day);
  expect(days).toEqual([...days].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
  expect(schedule[0]?.events[0]?.event).toMatchObject({
    type: 'LedgerOpened',
    data: { purpose: 'demonstration', clock: 'simulated' },
  });
});
