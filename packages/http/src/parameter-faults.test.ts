import { z } from 'zod';
import { readParameters } from './parameter-faults';

const Question = z.strictObject({
  by: z.enum(['area', 'body']),
  top: z.coerce.number().int().min(0).max(100).default(6),
  limit: z.coerce.number().int().min(1).optional(),
  on: z
    .string()
    .regex(/^\d{4}$/, 'must be four digits')
    .optional(),
});

function said(sent: Readonly<Record<string, string>>): readonly string[] {
  const read = readParameters(Question, sent);
  return 'faults' in read ? read.faults.map(({ path, message }) => `${path}: ${message}`) : [];
}

test.each([
  [{}, ['by: is missing; it must be one of: area, body']],
  [{ by: 'colour' }, ['by: “colour” must be one of: area, body']],
  [{ by: 'area', top: 'six' }, ['top: “six” is no whole number']],
  [{ by: 'area', top: '1.5' }, ['top: “1.5” is no whole number']],
  [{ by: 'area', top: '-1' }, ['top: “-1” is too little; give at least 0']],
  [
    { by: 'area', top: '101', limit: '0' },
    ['top: “101” is too much; give at most 100', 'limit: “0” is too little; give at least 1'],
  ],
  [{ by: 'area', on: '1' }, ['on: must be four digits']],
  [
    { by: 'area', colour: 'red' },
    ['colour: there is no such parameter here; parameters are: by, top, limit, on'],
  ],
  [{ by: 'x'.repeat(61) }, [`by: “${'x'.repeat(60)}…” must be one of: area, body`]],
])('%j: what was sent is said, and what is taken', (sent, faults) => expect(said(sent)).toEqual(faults));

test('an empty number is none, not 0', () => {
  expect(said({ by: 'area', top: '' })).toEqual(['top: “” is no whole number']);
  expect(said({ by: 'area', limit: ' ' })).toEqual(['limit: “ ” is no whole number']);
});

test('what is as it should be is read, with what is usual in place of what is left out', () => {
  expect(readParameters(Question, { by: 'body', limit: '5' })).toEqual({
    data: { by: 'body', top: 6, limit: 5 },
  });
});
