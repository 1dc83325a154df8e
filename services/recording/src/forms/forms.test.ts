import fc from 'fast-check';
import { eventDefinitions } from '@ledger/events';
import { formFields, formTypes } from './form-fields';
import { readHundredths, readPounds, readWhole } from './amount-text';
import { fieldOfPath, readForm } from './read-form';
import { writeForm } from './write-form';

const asTyped = (_field: string, typed: string): string => typed;
const names = { body: (id: string) => id, person: async (id: string) => id };

test.each(formTypes)('the form of %s asks for every field that must be given', (type) => {
  const { data } = readForm(formFields(type), {}, asTyped);
  const missing = eventDefinitions[type].data
    .safeParse(data)
    .error?.issues.map(({ path }) => String(path[0]));
  const asked = new Set(formFields(type).map(({ name }) => name));
  for (const name of missing ?? []) expect(asked).toContain(name);
});

test('a form is read into the data that the API takes', () => {
  const { data, faults } = readForm(
    formFields('PeerChallengeDelivered'),
    {
      offer: 'corporate-peer-challenge',
      occurred: '4 to 7 September 2018',
      'bodies-0-body': 'Watford',
      'bodies-0-role': 'recipient',
      'bodies-2-body': 'Elmbridge',
      'bodies-2-role': 'partner',
      'team-0-person': 'A Peer',
      'team-0-role': 'lead',
      'team-0-daysHundredths': '2.5',
      'team-1-role': 'member',
    },
    asTyped,
  );
  expect(faults).toEqual([]);
  expect(data).toEqual({
    offer: 'corporate-peer-challenge',
    occurred: { from: '2018-09-04', to: '2018-09-07', basis: 'stated' },
    bodies: [
      { body: 'Watford', role: 'recipient' },
      { body: 'Elmbridge', role: 'partner' },
    ],
    team: [{ person: 'A Peer', role: 'lead', daysHundredths: 250 }],
  });
});

test('what a record says, written on its form and read again, is what it says', async () => {
  const claim = {
    offer: 'leadership-academy',
    title: 'Saving',
    bodies: [{ body: 'b', role: 'recipient', sharePence: 1_250_050 }],
    occurred: { from: '2018-04-01', to: '2019-03-31', basis: 'report-year' },
    gainType: 'income',
    realisation: 'delivered',
    amounts: [
      { fromYear: 201819, toYear: 201819, basis: 'actual', grossPence: 1_250_050, qualifier: 'exact' },
    ],
    recurrence: 'one-off',
    source: 'letter',
    method: 'actuals',
  };
  const fields = formFields('SavingsRecorded');
  expect(readForm(fields, await writeForm(fields, claim, names), asTyped).data).toEqual(claim);
  const challenge = {
    offer: 'o',
    occurred: { from: '2018-09-04', to: '2018-09-07', basis: 'stated' },
    bodies: [{ body: 'b', role: 'recipient' }],
    team: [{ person: 'p', role: 'lead', home: 'h', daysHundredths: 50 }],
  };
  const teamFields = formFields('PeerChallengeDelivered');
  expect(readForm(teamFields, await writeForm(teamFields, challenge, names), asTyped).data).toEqual(
    challenge,
  );
  const earlier = { offer: 'o', body: 'b', had: false, upTo: '2016-03-31', source: 's' };
  const earlierFields = formFields('EarlierSupportDeclared');
  expect(readForm(earlierFields, await writeForm(earlierFields, earlier, names), asTyped).data).toEqual(
    earlier,
  );
});

test('a fault is shown at the row as it stands on the form, not as it stands in the data', () => {
  const { places } = readForm(
    formFields('SupportProvided'),
    { 'bodies-1-body': 'a', 'bodies-4-body': 'b' },
    asTyped,
  );
  expect(fieldOfPath('records[0].data.bodies[1].body', places)).toBe('bodies-4-body');
  expect(fieldOfPath('data.bodies[0]', places)).toBe('bodies-1-body');
  expect(fieldOfPath('data.bodies', places)).toBe('bodies-0-body');
  expect(fieldOfPath('data.occurred.from', places)).toBe('occurred');
  expect(fieldOfPath('type', places)).toBeUndefined();
});

test.each([
  ['£12,500', 1_250_000],
  ['12500.5', 1_250_050],
  ['1.2m', 120_000_000],
  ['£30k', 3_000_000],
  ['-£5,000', -500_000],
  ['−£5,000', -500_000],
  ['1.23456k', undefined],
  ['twelve', undefined],
  ['1.234', undefined],
])('“%s” is %p pence', (text, pence) => expect(readPounds(text)).toBe(pence));

test('amounts as they are written are read to the penny', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 13 }), (pence) => {
      const text = `${Math.floor(pence / 100).toLocaleString('en-GB')}.${String(pence % 100).padStart(2, '0')}`;
      expect(readPounds(`£${text}`)).toBe(pence);
      expect(readHundredths(text)).toBe(pence);
      expect(readWhole(pence.toLocaleString('en-GB'))).toBe(pence);
    }),
  );
});
