import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { toHex } from './bytes';
import { nodeCrypto } from './node-crypto';
import { portableCrypto } from './portable-crypto';

const bytes = fc.uint8Array({ maxLength: 300 });

test('the portable hash is Node’s', () => {
  fc.assert(
    fc.property(bytes, (data) => {
      expect(toHex(portableCrypto.sha256(data))).toBe(toHex(nodeCrypto.sha256(data)));
    }),
  );
});

test('the portable signature check says what Node’s says, of good signatures and of changed ones', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
  fc.assert(
    fc.property(bytes, fc.nat(63), fc.boolean(), (message, at, changed) => {
      const signature = new Uint8Array(sign(null, message, privateKey));
      if (changed) signature[at] = (signature[at] ?? 0) ^ 1;
      expect(portableCrypto.verifyEd25519(key, message, signature)).toBe(!changed);
      expect(nodeCrypto.verifyEd25519(key, message, signature)).toBe(!changed);
    }),
    { numRuns: 20 },
  );
  expect(portableCrypto.verifyEd25519(key, new Uint8Array(), new Uint8Array(5))).toBe(false);
});
