import { BodyMatcher } from './resolve';
import { shipped } from './shipped.testing';

const matcher = new BodyMatcher(shipped);
const nameOf = (text: string, date = '2018-06-01'): string | undefined => {
  const found = matcher.resolve(text, date);
  return found.found ? shipped.body(found.bodyId)?.name : found.problem;
};

describe('a name or code at a date (F2)', () => {
  test.each([
    ['Watford', '2018-06-01', 'Watford Borough Council'],
    ['watford borough council', '2018-06-01', 'Watford Borough Council'],
    ['  WATFORD  ', '2018-06-01', 'Watford Borough Council'],
    ['E07000103', '2018-06-01', 'Watford Borough Council'],
    ['London Borough of Brent', '2018-06-01', 'London Borough of Brent'],
    ['Brent Council', '2018-06-01', 'London Borough of Brent'],
    ['LB Brent', '2018-06-01', 'London Borough of Brent'],
    ['Gateshead MBC', '2018-06-01', 'Gateshead Metropolitan Borough Council'],
    ['Kent CC', '2018-06-01', 'Kent County Council'],
    ['Brighton & Hove', '2018-06-01', 'Brighton and Hove City Council'],
    ['Bristol', '2018-06-01', 'Bristol City Council'],
    ['City of Bristol', '2018-06-01', 'Bristol City Council'],
    ['North Yorkshire', '2018-06-01', 'North Yorkshire County Council'],
    ['North Yorkshire', '2024-06-01', 'North Yorkshire Council'],
    ['Somerset', '2018-06-01', 'Somerset County Council'],
    ['Somerset', '2024-06-01', 'Somerset Council'],
    ['E08000020', '2018-06-01', 'Gateshead Metropolitan Borough Council'],
    ['E08000037', '2018-06-01', 'Gateshead Metropolitan Borough Council'],
    ['E08000016', '2024-06-01', 'Barnsley Metropolitan Borough Council'],
    ['kings lynn and west norfolk', '2018-06-01', 'Borough Council of Kings Lynn and West Norfolk'],
    ["King's Lynn & West Norfolk", '2018-06-01', 'Borough Council of Kings Lynn and West Norfolk'],
    ['Telford and Wrekin', '2018-06-01', 'Telford & Wrekin Council'],
    ['Isles of Scilly', '2018-06-01', 'Council of the Isles of Scilly'],
    ['City of London', '2018-06-01', 'City of London Corporation'],
    ['Nottingham', '2018-06-01', 'Nottingham City Council'],
    ['Nottinghamshire', '2018-06-01', 'Nottinghamshire County Council'],
    ['Dorset', '2024-06-01', 'Dorset Council'],
    ['Dorset County', '2018-06-01', 'Dorset County Council'],
    ['Corby', '2021-03-31', 'Corby Borough Council'],
    ['Warrington', '2019-06-01', 'Warrington Borough Council'],
    ['WRT', '2019-06-01', 'Warrington Borough Council'],
    ['Stockton on Tees', '2019-06-01', 'Stockton-on-Tees Borough Council'],
    ['Bath & North East Somerset', '2019-06-01', 'Bath and North East Somerset Council'],
  ])('%s on %s is %s', (text, date, expected) => {
    const found = matcher.resolve(text, date);
    expect(found.found ? shipped.body(found.bodyId)?.name : found.problem).toBe(expected);
  });

  test('a council that had ended names its end and its successor', () => {
    expect(nameOf('E07000150', '2021-04-01')).toBe(
      'E07000150 (Corby Borough Council) ended on 1 April 2021; its successor is North Northamptonshire Council',
    );
  });
  test('a council not begun yet names its first day', () => {
    expect(nameOf('Cumberland Council', '2022-06-01')).toContain('began on 1 April 2023, after 1 June 2022');
  });
  test.each(['Watfrod', 'Wattford', 'Elmbrige', 'Worchester'])(
    '%s is not guessed, but the right name is offered',
    (text) => {
      const found = matcher.resolve(text, '2018-06-01');
      expect(found).toMatchObject({
        found: false,
        nearest: expect.arrayContaining([expect.anything()]) as unknown,
      });
      expect(nameOf(text)).toContain('did you mean');
    },
  );
  test.each(["Robert'); DROP TABLE bodies;--", '', '🦊', 'council', 'x'.repeat(5000)])(
    'nonsense is refused shortly',
    (text) => {
      expect(matcher.resolve(text, '2018-06-01').found).toBe(false);
      expect((nameOf(text) ?? '').length).toBeLessThan(300);
    },
  );
});
