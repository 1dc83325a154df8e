import { largestEvidence } from '../evidence/file-sort';
import type { Vault } from '../port';

const text = (words: string): Buffer => Buffer.from(words, 'utf8');
const nobody = { id: '01a20c75-4a3c-7532-b916-7352039aa364', sha256: '0'.repeat(64) };

/** How every vault keeps evidence. An adapter enrols with a factory and nothing else. */
export function evidenceCompliance(name: string, open: () => Promise<Vault>): void {
  describe(`evidence in the ${name} vault`, () => {
    let vault: Vault;
    beforeEach(async () => (vault = await open()));
    afterEach(() => vault.close());

    test('is given back as it was, with what it was called', async () => {
      const kept = await vault.evidence.put({ name: 'Outturn.csv', bytes: text('a,b\n1,2\n') });
      expect(kept).toMatchObject({ bytes: 8, mediaType: 'text/csv' });
      const opened = await vault.evidence.open(kept);
      expect(opened).toMatchObject({ name: 'Outturn.csv', mediaType: 'text/csv' });
      expect(typeof opened === 'object' && Buffer.from(opened.bytes).toString()).toBe('a,b\n1,2\n');
    });

    test('is kept once, however often an equal file comes', async () => {
      const first = await vault.evidence.put({ name: 'one.txt', bytes: text('the same') });
      expect(await vault.evidence.put({ name: 'two.txt', bytes: text('the same') })).toEqual(first);
      const other = await vault.evidence.put({ name: 'one.txt', bytes: text('another') });
      expect(other.id).not.toBe(first.id);
    });

    test('is missing or altered in as many words', async () => {
      const kept = await vault.evidence.put({ name: 'one.txt', bytes: text('the same') });
      expect(await vault.evidence.check(kept)).toBe('kept');
      expect(await vault.evidence.check({ ...kept, sha256: '0'.repeat(64) })).toBe('altered');
      expect(await vault.evidence.open({ ...kept, sha256: '0'.repeat(64) })).toBe('altered');
      expect(await vault.evidence.check(nobody)).toBe('missing');
      expect(await vault.evidence.open(nobody)).toBe('missing');
    });

    test.each([
      ['an empty file', 'a.txt', Buffer.alloc(0)],
      ['a file that is too large', 'a.txt', Buffer.alloc(largestEvidence + 1, 'a')],
      ['a program', 'a.exe', text('MZ')],
      ['a text that is none', 'a.txt', Buffer.from([0xff, 0xfe, 0xfd])],
      ['an archive that says it is a text', 'a.txt', Buffer.from([0x50, 0x4b, 0x03, 0x04, 0])],
      ['an archive of another sort', 'a.zip', Buffer.from([0x50, 0x4b, 0x03, 0x04])],
    ])('%s is not taken', async (_what, name, bytes) => {
      await expect(vault.evidence.put({ name, bytes })).rejects.toMatchObject({
        code: 'EVIDENCE_REFUSED',
        path: 'file',
      });
    });

    test.each([
      ['a.pdf', '%PDF-1.7', 'application/pdf'],
      ['whatever', '%PDF-1.7', 'application/pdf'],
      ['a.xlsx', 'PK\u0003\u0004', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ])('%s is taken for what it is', async (name, begins, mediaType) => {
      expect(await vault.evidence.put({ name, bytes: text(begins) })).toMatchObject({ mediaType });
    });
  });
}
