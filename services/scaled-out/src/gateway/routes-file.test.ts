import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { servedCommands, servedQuestions } from '@ledger/standalone';
import { askedOf, patternOf, routesFile } from './routes-file';

const notOpen = (): never => {
  throw new Error('Routes are listed, not asked');
};
const ofReporting = askedOf(servedQuestions(notOpen));
const ofRecording = askedOf(servedCommands(notOpen, { oidc: () => undefined, secure: false }));

test('the gateway has the routes that reporting has', () => {
  const path = join(__dirname, '..', '..', '..', '..', 'infra', 'gateway', 'routes.conf');
  expect(readFileSync(path, 'utf8')).toBe(routesFile());
});

test('nothing that recording answers is sent to reporting', () => {
  expect(ofRecording.length).toBeGreaterThan(50);
  const sample = (path: string): string => path.replace(/\{\w+\}|:\w+/g, 'x1');
  const taken = ofRecording.filter(
    ({ method, path }) =>
      method === 'get' && ofReporting.some((one) => new RegExp(patternOf(one)).test(sample(path))),
  );
  expect(taken.map(({ path }) => path)).toEqual([]);
});

test('every page and question of reporting is found by its own pattern', () => {
  for (const one of ofReporting)
    expect(new RegExp(patternOf(one)).test(one.path.replace(/\{\w+\}|:\w+/g, 'x-1'))).toBe(true);
});
