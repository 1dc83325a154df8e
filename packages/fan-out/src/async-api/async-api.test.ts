import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventTypes } from '@ledger/events';
import specification from '@asyncapi/specs/schemas/3.0.0-without-$id.json';
import Ajv from 'ajv';
import { asyncApiDocument } from './document';

const file = join(__dirname, '..', '..', 'asyncapi.json');

test('the AsyncAPI document is current; if not: npm run async-api', () => {
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(asyncApiDocument());
});

test('it is a document of AsyncAPI 3, by the schema of that specification', () => {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  const valid = ajv.validate(specification, asyncApiDocument());
  expect({ valid, errors: ajv.errors }).toEqual({ valid: true, errors: null });
});

test('it has a message for every type of event, and one for watermarks', () => {
  const messages = Object.keys(JSON.parse(readFileSync(file, 'utf8')).channels.ledger.messages);
  expect(new Set(messages)).toEqual(new Set([...eventTypes, 'LedgerWatermark']));
});
