import { generateKeyPairSync } from 'node:crypto';
import { utf8 } from '../bytes';
import { nodeCrypto } from '../node-crypto';
import { InvalidPrivateKeyError, newPrivateKey, signerOf } from '../node-signer';
import { checkpointText, parseCheckpoint, type Checkpoint } from './checkpoint';
import { formatKey, InvalidKeyError, parseKey } from './keys';
import { InvalidNoteError, parseNote, signersOf, signNote } from './signed-note';
import { formatProof, parseProof } from './tlog-proof';

/* A note and its key that other implementations of signed notes test with. */
const publishedKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const publishedNote = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;

const origin = 'ledger.example/one';
const signer = signerOf(origin, newPrivateKey());
const other = signerOf(origin, newPrivateKey());
const checkpoint: Checkpoint = {
  origin,
  size: 12_345,
  root: nodeCrypto.sha256(utf8('a root')),
  time: '2026-04-01T08:00:00.000Z',
};
const signed = signNote(checkpointText(checkpoint), [signer]);

describe('a signed note', () => {
  test('of another implementation is read, and its signature holds', () => {
    const key = parseKey(nodeCrypto, publishedKey);
    expect(formatKey(key)).toBe(publishedKey);
    expect(signersOf(nodeCrypto, parseNote(publishedNote), [key])).toEqual({ good: [key], bad: [] });
  });

  test('of ours holds for its key, and for no other', () => {
    const note = parseNote(signed);
    expect(signersOf(nodeCrypto, note, [signer.key, other.key])).toEqual({ good: [signer.key], bad: [] });
  });

  test('may carry several signatures: unknown ones are passed over', () => {
    const both = parseNote(signNote(checkpointText(checkpoint), [other, signer]));
    expect(signersOf(nodeCrypto, both, [signer.key]).good).toEqual([signer.key]);
    expect(signersOf(nodeCrypto, both, [signer.key, other.key]).good).toHaveLength(2);
  });

  test('whose text was changed by one character is signed by nobody', () => {
    const changed = parseNote(signed.replace('12345', '12346'));
    expect(signersOf(nodeCrypto, changed, [signer.key])).toEqual({ good: [], bad: [signer.key] });
  });

  test.each([
    ['no signature', 'text\n'],
    ['no newline at its end', signed.slice(0, -1)],
    ['a control character', signed.replace('time', '\ttime')],
    ['a signature that is no base 64', 'text\n\n— name abc\n'],
    ['a signature that is too short', 'text\n\n— name AAAA\n'],
    ['a line among the signatures that is none', `${signed}and more\n`],
    ['a key name with a plus', 'text\n\n— a+b AAAAAAAAAAA=\n'],
  ])('with %s is refused', (_what, text) => {
    expect(() => parseNote(text)).toThrow(InvalidNoteError);
  });

  test('that is no UTF-8 is refused', () => {
    expect(() => parseNote(Uint8Array.of(0xff, 0x0a, 0x0a, 0x0a))).toThrow('no UTF-8');
  });
});

describe('a key', () => {
  test('is written as one line and read again, with whitespace around it', () => {
    expect(parseKey(nodeCrypto, `  ${formatKey(signer.key)}\n`)).toEqual(signer.key);
  });

  test.each([
    ['a note', publishedNote],
    ['nothing', ''],
    ['another id than its own', publishedKey.replace('c74f20a3', 'c74f20a4')],
    ['another sort', `name+00000000+${Buffer.alloc(33, 2).toString('base64')}`],
    ['too few bytes', `name+00000000+${Buffer.alloc(20, 1).toString('base64')}`],
  ])('that is %s is refused in a sentence', (_what, text) => {
    expect(() => parseKey(nodeCrypto, text)).toThrow(InvalidKeyError);
  });

  test('for signing is an Ed25519 key', () => {
    expect(() => signerOf(origin, 'nothing')).toThrow(InvalidPrivateKeyError);
    const { privateKey } = generateKeyPairSync('x25519');
    expect(() => signerOf(origin, String(privateKey.export({ format: 'pem', type: 'pkcs8' })))).toThrow(
      InvalidPrivateKeyError,
    );
  });
});

describe('a checkpoint', () => {
  test('says what it said before it was written', () => {
    expect(parseCheckpoint(parseNote(signed).text)).toEqual(checkpoint);
  });

  test('of no events has size 0', () => {
    expect(parseCheckpoint(checkpointText({ ...checkpoint, size: 0 })).size).toBe(0);
  });

  const text = checkpointText(checkpoint);
  test.each([
    ['no ledger', text.replace(origin, '')],
    ['a size with a zero before it', text.replace('12345', '012345')],
    ['a size that is no number', text.replace('12345', 'many')],
    ['a hash that is too short', text.replace(/\n[^\n]{44}\n/, '\nAAAA\n')],
    ['no time', text.replace(/time.*\n/, '')],
    ['two times', `${text}time 2026-04-01T08:00:00.000Z\n`],
    ['a time that is none', text.replace('08:00:00.000Z', '8 am')],
  ])('with %s is refused', (_what, wrong) => {
    expect(() => parseCheckpoint(wrong)).toThrow(InvalidNoteError);
  });
});

test('a proof is one text: index, path, and the signed checkpoint as it was made', () => {
  const proof = { index: 7, path: [checkpoint.root, nodeCrypto.sha256(utf8('x'))], checkpoint: signed };
  const text = formatProof(proof);
  expect(text.split('\n').slice(0, 2)).toEqual(['c2sp.org/tlog-proof@v1', 'index 7']);
  expect(parseProof(text)).toEqual(proof);
  expect(parseProof(text.replace('index', 'extra AAAA\nindex'))).toEqual(proof);
  expect(() => parseProof('anything')).toThrow('no proof');
  expect(() => parseProof(text.replace('index 7', 'index seven'))).toThrow('no index');
  expect(() => parseProof(text.replace(/\n[^\n]{44}\n/, '\nAAAA\n'))).toThrow('no hash');
});
