import { derivedId, eventDefinitions, parseStream, readContent, streamOf, UnreadableEventError } from '.';

const person = derivedId('test', 'person');
const body = derivedId('test', 'body');
const delivered = {
  offer: 'corporate-peer-challenge',
  occurred: { from: '2016-06-01', to: '2016-06-03', basis: 'stated' },
  bodies: [{ body, role: 'recipient' }],
};

describe('versions', () => {
  test('a peer challenge of version 1, in whole days, is read as version 2, in hundredths', () => {
    const old = {
      ...delivered,
      team: [
        { person, role: 'lead', days: 3 },
        { person: body, role: 'manager' },
      ],
    };
    expect(readContent('PeerChallengeDelivered', 1, old, 7n)).toEqual({
      type: 'PeerChallengeDelivered',
      data: {
        ...delivered,
        team: [
          { person, role: 'lead', daysHundredths: 300 },
          { person: body, role: 'manager' },
        ],
      },
    });
  });
  test('one without a team stays without', () => {
    expect(readContent('PeerChallengeDelivered', 1, delivered, null).data).toEqual(delivered);
  });
  test('what does not fit its old version is named', () => {
    expect(() =>
      readContent(
        'PeerChallengeDelivered',
        1,
        { ...delivered, team: [{ person, role: 'lead', days: 'three' }] },
        7n,
      ),
    ).toThrow(
      'Event PeerChallengeDelivered version 1 at position 7 cannot be read: its data does not fit version 1',
    );
  });
});

describe('what cannot be read names type, version and position', () => {
  test.each([
    [
      'LunchEaten',
      1,
      {},
      'unknown-type',
      'Event LunchEaten version 1 at position 9 cannot be read: this release does not know the type',
    ],
    [
      'SupportProvided',
      2,
      {},
      'newer-version',
      'Event SupportProvided version 2 at position 9 cannot be read: this release knows versions up to 1',
    ],
    ['SupportProvided', 0, delivered, 'older-version', 'no upcaster from version 0'],
    ['SupportProvided', 1, { ...delivered, offer: 'No Slug' }, 'invalid', 'data.offer must match pattern'],
    ['SupportProvided', 1, { ...delivered, more: 1 }, 'invalid', 'must NOT have additional properties'],
    ['toString', 1, {}, 'unknown-type', 'does not know the type'],
  ])('%s version %i', (type, version, data, reason, message) => {
    const read = (): unknown => readContent(type, version, data, 9n);
    expect(read).toThrow(UnreadableEventError);
    expect(read).toThrow(message);
    expect(read).toThrow(
      expect.objectContaining({
        code: 'UNREADABLE_EVENT',
        reason,
        type,
        schemaVersion: version,
        position: 9n,
      }),
    );
  });
});

test('every version from 1 to the present is read or was never written', () => {
  for (const definition of Object.values(eventDefinitions))
    for (let version = 1; version < definition.version; version++) {
      expect([definition.type, version, typeof definition.upcasts[version]]).toEqual([
        definition.type,
        version,
        'function',
      ]);
      expect(definition.formerly[version]).toBeDefined();
    }
});

test('streams are named by kind and id, and told apart again', () => {
  expect(parseStream(streamOf('activity', body))).toEqual({ kind: 'activity', id: body });
  expect(parseStream('savings-area-audit')).toEqual({ kind: 'savings-area', id: 'audit' });
  expect(parseStream('ledger')).toEqual({ kind: 'ledger', id: '' });
  expect(parseStream('period-201617')).toEqual({ kind: 'period', id: '201617' });
  expect(parseStream('announcement-201617')).toBeUndefined();
  expect(parseStream('activity-')).toBeUndefined();
});

test('the same parts give the same id, and parts are never run together', () => {
  expect(derivedId('a', 'b', 'c')).toBe(derivedId('a', 'b', 'c'));
  expect(derivedId('a', 'bc')).not.toBe(derivedId('a', 'b', 'c'));
});
