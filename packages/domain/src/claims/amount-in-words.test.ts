import { amountInWords } from './amount-in-words';

test.each([
  [0, '£0 (0 pence)'],
  [5, '£0.05 (5 pence)'],
  [125_050, '£1,250.50 (125050 pence)'],
  [14_500_000, '£145,000 (14500000 pence)'],
  [123_456_789_00, '£123,456,789 (12345678900 pence)'],
])('%i pence is %s', (pence, words) => expect(amountInWords(pence)).toBe(words));
