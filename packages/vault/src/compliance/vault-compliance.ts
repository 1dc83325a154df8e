import type { Vault } from '../port';

/** The behaviour of every vault. An adapter enrols with a factory and nothing else. */
export function vaultCompliance(name: string, open: () => Promise<Vault>): void {
  describe(`the ${name} vault`, () => {
    let vault: Vault;
    beforeEach(async () => (vault = await open()));
    afterEach(() => vault.close());

    test('gives a note back by its reference', async () => {
      const reference = await vault.putNote({ commandKey: 'k', text: 'Councillor Naïve asked 🦊' });
      expect(reference.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(await vault.readNote(reference)).toBe('Councillor Naïve asked 🦊');
    });
    test('gives a retried command the same reference, and equal texts different ones', async () => {
      const first = await vault.putNote({ commandKey: 'k', text: 'same' });
      expect(await vault.putNote({ commandKey: 'k', text: 'same' })).toEqual(first);
      const other = await vault.putNote({ commandKey: 'l', text: 'same' });
      expect(other.sha256).not.toBe(first.sha256);
    });
    test('knows nothing of a reference it did not give', async () => {
      expect(
        await vault.readNote({ vault: '01a20c75-4a3c-7532-b916-7352039aa364', sha256: '0'.repeat(64) }),
      ).toBeUndefined();
    });
    test('finds a person by name whatever the case, accents, order and titles, and lists doubtful ones apart', async () => {
      const ann = await vault.people.add({
        commandKey: '1',
        name: 'Zoë  Smith-Ørsted',
        email: 'Zoe@Example.org',
      });
      await vault.people.add({ commandKey: '2', name: 'Zoe Smyth Orsted' });
      await vault.people.add({ commandKey: '3', name: 'Peter Quill' });
      const found = await vault.people.find('Cllr SMITH-Ørsted, zoe');
      expect(found.map(({ person: { name }, match }) => [name, match])).toEqual([
        ['Zoë Smith-Ørsted', 'same'],
      ]);
      const like = await vault.people.find('Z. Smith Orsted');
      expect(like.map(({ match }) => match)).toEqual(expect.arrayContaining(['doubtful']));
      expect(like.some(({ match }) => match === 'same')).toBe(false);
      expect(await vault.people.find('Nobody Here')).toEqual([]);
      expect(await vault.people.findByEmail('zoe@example.ORG')).toBe(ann);
    });
    test('adds a retried person once, and two people never share an address', async () => {
      const first = await vault.people.add({ commandKey: '1', name: 'A B', email: 'a@b.org' });
      expect(await vault.people.add({ commandKey: '1', name: 'A B', email: 'a@b.org' })).toBe(first);
      await expect(
        vault.people.add({ commandKey: '2', name: 'C D', email: 'A@B.org' }),
      ).rejects.toMatchObject({
        code: 'EMAIL_TAKEN',
        path: 'email',
      });
    });
    test.each([
      [{ name: '  ' }, 'name'],
      [{ name: '123' }, 'name'],
      [{ name: 'A B', email: 'nobody' }, 'email'],
    ])('refuses %j as a person', async (details, path) => {
      await expect(vault.people.add({ commandKey: 'x', ...details })).rejects.toMatchObject({
        code: 'INVALID_PERSON',
        path,
      });
    });
    test('puts details right, and finds by the new ones alone', async () => {
      const id = await vault.people.add({ commandKey: '1', name: 'Old Name', email: 'old@b.org' });
      await vault.people.change(id, { name: 'New Name', email: 'new@b.org' });
      expect(await vault.people.find('Old Name')).toEqual([]);
      expect(await vault.people.findByEmail('old@b.org')).toBeUndefined();
      expect(await vault.people.read(id)).toMatchObject({ name: 'New Name', email: 'new@b.org' });
    });
    test('erases a person with the notes about him or her, and nobody else', async () => {
      const [one, other] = [
        await vault.people.add({ commandKey: '1', name: 'One Person', email: 'one@b.org' }),
        await vault.people.add({ commandKey: '2', name: 'Other Person' }),
      ];
      const own = await vault.putNote({ commandKey: 'a', text: 'about one', about: [one] });
      const both = await vault.putNote({ commandKey: 'b', text: 'about both', about: [one, other] });
      const free = await vault.putNote({ commandKey: 'c', text: 'about nobody' });
      expect((await vault.people.notesAbout(one)).map(({ text }) => text).sort()).toEqual([
        'about both',
        'about one',
      ]);
      await vault.people.erase(one);
      expect(await vault.people.read(one)).toBe('erased');
      expect(await vault.people.find('One Person')).toEqual([]);
      expect(await vault.people.findByEmail('one@b.org')).toBeUndefined();
      expect(await vault.readNote(own)).toBeUndefined();
      expect(await vault.readNote(both)).toBeUndefined();
      expect(await vault.readNote(free)).toBe('about nobody');
      expect(await vault.people.read(other)).toMatchObject({ name: 'Other Person' });
      await vault.people.erase(one);
      await vault.people.erase('01a20c75-4a3c-7532-b916-7352039aa364');
      expect(await vault.people.read('01a20c75-4a3c-7532-b916-7352039aa364')).toBe('erased');
    });
    test('a legal hold wins over erasing and over retention, until it is lifted', async () => {
      const id = await vault.people.add({ commandKey: '1', name: 'Held Person' });
      const note = await vault.putNote({ commandKey: 'n', text: 'x', about: [id] });
      await vault.people.hold(id, 'a court asks');
      await expect(vault.people.erase(id)).rejects.toMatchObject({ code: 'LEGAL_HOLD' });
      expect(await vault.people.notesWrittenBefore('9999')).toEqual([]);
      await vault.people.hold(id, null);
      expect(await vault.people.notesWrittenBefore('9999')).toEqual([note.vault]);
      await vault.people.erase(id);
      expect(await vault.people.read(id)).toBe('erased');
    });
    test('forgets one field, or one note, and keeps the rest', async () => {
      const id = await vault.people.add({ commandKey: '1', name: 'Some Body', email: 's@b.org' });
      const note = await vault.putNote({ commandKey: 'n', text: 'x', about: [id] });
      await vault.people.forget(id, 'email');
      expect(await vault.people.read(id)).toMatchObject({ name: 'Some Body', email: null });
      await vault.people.forgetNote(note.vault);
      expect(await vault.readNote(note)).toBeUndefined();
      await vault.people.forget(id, 'name');
      expect(await vault.people.find('Some Body')).toEqual([]);
      await expect(vault.people.forget('01a20c75-4a3c-7532-b916-7352039aa364', 'name')).rejects.toMatchObject(
        {
          code: 'UNKNOWN_PERSON',
        },
      );
    });
    test('hashes under its secret, the same each time', () => {
      expect(vault.keyed('a')).toBe(vault.keyed('a'));
      expect(vault.keyed('a')).not.toBe(vault.keyed('b'));
    });
  });
}
