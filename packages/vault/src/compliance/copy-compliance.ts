import fc from 'fast-check';
import type { CopiedVault } from '../copying/copy-rows';
import type { Vault } from '../port';

/** A vault and another that is a copy of it, both empty. */
export interface CopiedPair {
  readonly source: () => Promise<Vault>;
  readonly copy: () => Promise<CopiedVault>;
  readonly target: () => Promise<Vault>;
}

/** What is done with a vault before it is copied; numbers choose among the people there are. */
type Deed =
  | { readonly do: 'add'; readonly email: boolean }
  | { readonly do: 'note'; readonly text: string; readonly about: readonly number[] }
  | { readonly do: 'evidence'; readonly text: string }
  | { readonly do: 'hold' | 'erase' | 'forget'; readonly whom: number };

const whom = fc.nat(9);
const deeds: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('add' as const), email: fc.boolean() }),
    fc.record({
      do: fc.constant('note' as const),
      text: fc.string({ unit: 'grapheme', minLength: 1 }),
      about: fc.uniqueArray(whom, { maxLength: 3 }),
    }),
    fc.record({ do: fc.constant('evidence' as const), text: fc.stringMatching(/^[a-z]{1,20}$/) }),
    fc.record({ do: fc.constantFrom('hold' as const, 'erase' as const, 'forget' as const), whom }),
  ),
  { maxLength: 25 },
);

/** What was made in a vault, to ask after it. */
class Made {
  readonly people: string[] = [];
  readonly notes: Awaited<ReturnType<Vault['putNote']>>[] = [];
  readonly evidence: Awaited<ReturnType<Vault['evidence']['put']>>[] = [];

  async carryOut(vault: Vault, deed: Deed, at: number): Promise<void> {
    const person = (number: number): string | undefined => this.people[number % this.people.length];
    const commandKey = `command ${at}`;
    if (deed.do === 'add') {
      const email = deed.email ? { email: `person${at}@example.org` } : {};
      this.people.push(await vault.people.add({ commandKey, name: `Person Number${at}`, ...email }));
    } else if (deed.do === 'note') {
      const about = [...new Set(deed.about.flatMap((number) => person(number) ?? []))];
      this.notes.push(await vault.putNote({ commandKey, text: deed.text, about }));
    } else if (deed.do === 'evidence') {
      this.evidence.push(await vault.evidence.put({ name: `${at}.txt`, bytes: Buffer.from(deed.text) }));
    } else {
      const id = person(deed.whom);
      if (id === undefined || (await vault.people.read(id)) === 'erased') return;
      if (deed.do === 'hold') await vault.people.hold(id, at % 2 === 0 ? 'a question' : null);
      else if (deed.do === 'forget') await vault.people.forget(id, 'email');
      // Who is under a hold is not erased.
      else await vault.people.erase(id).catch(() => undefined);
    }
  }

  /** Everything that can be asked of it. */
  async answers(vault: Vault): Promise<unknown> {
    const { people, evidence } = vault;
    const each = async <T, U>(of: readonly T[], ask: (one: T) => Promise<U>): Promise<U[]> =>
      Promise.all(of.map(ask));
    return {
      keyed: vault.keyed('a text'),
      notes: await each(this.notes, async (note) => (await vault.readNote(note)) ?? 'erased'),
      all: await people.all(),
      read: await each(this.people, async (id) => people.read(id)),
      about: await each(this.people, async (id) => people.notesAbout(id)),
      found: await people.find('Person Number1'),
      emails: await each([...this.people.keys()], async (at) =>
        people.findByEmail(`person${at}@example.org`),
      ),
      old: [...(await people.notesWrittenBefore('2999-01-01T00:00:00.000Z'))].sort(),
      evidence: await each(this.evidence, async (kept) => {
        const opened = await evidence.open(kept);
        return typeof opened === 'string' ? opened : { ...opened, bytes: [...opened.bytes] };
      }),
    };
  }
}

/** What every copy of a vault is held to, from whichever engine to whichever. */
export function copyCompliance(
  name: string,
  pair: () => Promise<CopiedPair>,
  { runs = 20 }: { readonly runs?: number } = {},
): void {
  describe(`a vault copied from ${name}`, () => {
    test('answers as the original does, whatever was done with that, and copying it again changes nothing', async () => {
      await fc.assert(
        fc.asyncProperty(deeds, async (done) => {
          const { source, copy, target } = await pair();
          const made = new Made();
          const original = await source();
          for (const [at, deed] of done.entries()) await made.carryOut(original, deed, at);
          const before = await made.answers(original);
          await original.close();
          await copy();
          const again = await copy();
          expect(again.evidence).toBe(new Set(made.evidence.map(({ id }) => id)).size);
          const copied = await target();
          expect(await made.answers(copied)).toEqual(before);
          await copied.close();
        }),
        { numRuns: runs },
      );
    });

    test('goes on by itself: a command that was carried out is known, and what comes new disturbs nothing', async () => {
      const { source, copy, target } = await pair();
      const original = await source();
      const one = await original.people.add({ commandKey: 'p', name: 'One Person' });
      const note = await original.putNote({ commandKey: 'n', text: 'about one', about: [one] });
      await original.close();
      await copy();
      const copied = await target();
      expect(await copied.putNote({ commandKey: 'n', text: 'about one', about: [one] })).toEqual(note);
      const other = await copied.people.add({ commandKey: 'q', name: 'Other Person' });
      const free = await copied.putNote({ commandKey: 'o', text: 'about nobody' });
      await copied.people.erase(one);
      expect(await copied.readNote(note)).toBeUndefined();
      expect([await copied.readNote(free), await copied.people.read(other)]).toMatchObject([
        'about nobody',
        { name: 'Other Person' },
      ]);
      await copied.close();
    });

    test('is refused where the target is another vault, and nothing is added to that', async () => {
      const { source, copy, target } = await pair();
      const original = await source();
      await original.people.add({ commandKey: 'p', name: 'One Person' });
      await original.close();
      await copy();
      const copied = await target();
      await copied.people.add({ commandKey: 'q', name: 'Other Person' });
      await copied.close();
      await expect(copy()).rejects.toMatchObject({ code: 'VAULT_DIFFERS' });
      const after = await target();
      expect(await after.people.all()).toHaveLength(2);
      await after.close();
    });
  });
}
