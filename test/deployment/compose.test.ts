import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings, settingsOf, usualPorts, type Program } from '@ledger/operations';
import Ajv from 'ajv/dist/2019';
import { composeParts, ownServices, projectText, readCompose, root } from './compose-file';

const services = ownServices();

/** The program that a container runs has the container’s name. */
function programOf(name: string): Program {
  if (name in usualPorts) return name as Program; // Just looked up.
  throw new Error(`There is no program ${name}`);
}

test('the file keeps to the Compose Specification', () => {
  // Its schema marks parts with `id`, as drafts before the one that it names did; nothing refers to them.
  const schema: unknown = JSON.parse(
    projectText('test/deployment/compose-spec.schema.json'),
    (name, value: unknown) => (/^(id|\$schema)$/.test(name) && typeof value === 'string' ? undefined : value),
  );
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(Object(schema));
  validate(readCompose());
  expect(validate.errors ?? []).toEqual([]);
  // And the schema does find faults.
  expect(validate({ services: { one: { image: 'x', depend_on: [] } } })).toBe(false);
});

test('every service of the ledger that there is a program for is in it, beside the engines', () => {
  expect([...services.keys()].sort()).toEqual(['projector', 'publisher', 'recording', 'reporting']);
  expect(Object.keys(composeParts().services)).toEqual(
    expect.arrayContaining(['kurrentdb', 'kafka', 'postgres', 'prometheus', 'grafana', 'gateway']),
  );
});

test.each([...services])(
  '%s takes its environment, and every setting in it is one of its own',
  (name, service) => {
    const own = settingsOf(programOf(name));
    expect(Object.keys(service.environment).filter((one) => !own.some((setting) => setting === one))).toEqual(
      [],
    );
    const settings = readSettings(service.environment, own);
    expect(settings).toMatchObject({ PORT: usualPorts[programOf(name)], HOST: '0.0.0.0' });
    // What must be set is set.
    const mustBeSet = /^LEDGER_(LOG|READ_MODELS|VAULT|DATA|KAFKA)$/;
    expect(Object.keys(service.environment)).toEqual(
      expect.arrayContaining(own.filter((one) => mustBeSet.test(one))),
    );
  },
);

test('the log can be another one', () => {
  expect(readSettings({ LEDGER_LOG: 'kurrentdb://kurrentdb:2113?tls=false' }, ['LEDGER_LOG'])).toEqual({
    LEDGER_LOG: { engine: 'kurrentdb', connection: 'kurrentdb://kurrentdb:2113?tls=false' },
  });
});

test.each([...services])(
  '%s runs a program that is built from a source of this project, with a health check of its port',
  (name, { command, healthcheck, environment }) => {
    const [node, ...words] = command ?? [];
    const program = words.at(-1) ?? '';
    expect(node).toBe('node');
    expect(existsSync(join(root, program.replace('/dist/', '/src/').replace(/\.js$/, '.ts')))).toBe(true);
    expect(healthcheck?.test).toEqual(['CMD', 'node', 'infra/image/healthy.js', environment['PORT']]);
    expect(projectText('package.json')).toContain(`"${name}": "tsc -b && node ${words.join(' ')}"`);
  },
);

test('every container has a health check, and volumes that are declared or in this project', () => {
  const { services: all, volumes } = composeParts();
  for (const [name, { healthcheck, volumes: mounted }] of Object.entries(all)) {
    expect([name, healthcheck?.test.length]).toEqual([name, expect.any(Number)]);
    for (const volume of mounted) {
      const [source = ''] = volume.split(':');
      const known = source.startsWith('./') ? existsSync(join(root, source)) : source in volumes;
      expect([volume, known]).toEqual([volume, true]);
    }
  }
});

test('nothing is reached from elsewhere than this machine', () => {
  const ports = Object.values(composeParts().services).flatMap(({ ports: published }) => published);
  expect(ports.length).toBeGreaterThan(0);
  expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
});

test('no password is in the file', () => {
  const text = projectText('docker-compose.yml');
  const said = [...text.matchAll(/(?:PASSWORD: (\S+)|:\/\/\w+:(\S+?)@)/g)].map(
    ([, alone, inAddress = '']) => alone ?? inAddress,
  );
  expect(said.length).toBeGreaterThan(4);
  expect(said.filter((value) => !/^\$\{\w+:\?\}$/.test(value))).toEqual([]);
});

test('the image is built from the lockfile, in stages, and its programs run as nobody in particular', () => {
  const text = projectText('infra/image/Dockerfile');
  const stages = text.split(/^(?=FROM )/m).filter((stage) => stage.startsWith('FROM '));
  expect(stages.length).toBeGreaterThan(1);
  expect(text).toContain('npm ci --ignore-scripts');
  expect(text).not.toMatch(/npm install/);
  const last = stages.at(-1) ?? '';
  expect(/^USER (\w+)$/m.exec(last)?.[1]).toBe('node');
  // The same release of Node that the project is developed with.
  expect(text.match(/^FROM node:(\d+)/gm)).toEqual(
    Array(2).fill(`FROM node:${projectText('.nvmrc').trim()}`),
  );
});
