import { FormVisitor, unescaped } from '../live/browserless';
import { firstPassword, LiveLedger } from '../live/live-ledger';

/*
 * Honest corrections by form: old → new, a conflict field by field, withdrawing, merging and their undoing, and the
 * record's story of all of it.
 */

let ledger: LiveLedger;
beforeAll(async () => {
  ledger = await LiveLedger.start();
}, 60_000);
afterAll(() => ledger.stop());

async function visitor(): Promise<FormVisitor> {
  const made = new FormVisitor(ledger.url);
  await made.send('/sign-in', { email: 'ada@example.org', password: firstPassword });
  return made;
}

async function recorded(by: FormVisitor, title: string): Promise<string> {
  const { at } = await by.send('/record/SupportProvided', {
    offer: 'cyber-security',
    occurred: '2 to 3 June 2025',
    title,
    'bodies-0-body': 'Watford',
    'bodies-0-role': 'recipient',
    step: 'record',
  });
  return /^\/records\/activity\/([0-9a-f-]{36})/.exec(at)?.[1] ?? at;
}

/** The values a form holds, as a browser without scripts would send them. */
function valuesOn(html: string): Record<string, string> {
  const inputs = [...html.matchAll(/<input class="govuk-input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)];
  const selects = [...html.matchAll(/<select[^>]*name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g)].map(
    ([, name = '', options = '']) => [name, /<option value="([^"]*)" selected/.exec(options)?.[1] ?? ''],
  );
  return Object.fromEntries(
    [...inputs.map(([, name = '', value = '']) => [name, unescaped(value)]), ...selects].filter(
      ([, value]) => value !== '',
    ),
  );
}

test('a new record says what it changed in the totals, and a form sent twice records once', async () => {
  const by = await visitor();
  const page = await by.get('/record/SupportProvided');
  const fields = {
    offer: 'cyber-security',
    occurred: '2 June 2025',
    'bodies-0-body': 'Leeds',
    'bodies-0-role': 'recipient',
    key: /name="key" value="([^"]+)"/.exec(page.html)?.[1] ?? '',
    step: 'record',
  };
  const first = await by.send('/record/SupportProvided', fields);
  expect(first.html).toContain('What it changed in the totals of 2025/26');
  expect(unescaped(first.html)).toMatch(/Councils supported[^:]*<\/a>: 0 → 1/i);
  const again = await by.send('/record/SupportProvided', fields);
  expect(again.at.split('?')[0]).toBe(first.at.split('?')[0]);
});

test('a correction is checked old → new before it is made, and told in the story with reason and note', async () => {
  const by = await visitor();
  const id = await recorded(by, 'First title');
  const form = await by.get(`/records/activity/${id}/correct`);
  const corrected = {
    ...valuesOn(form.html),
    title: 'Better title',
    reason: 'typing-error',
    note: 'As it was meant',
  };
  const check = unescaped(
    (await by.send(`/records/activity/${id}/correct`, { ...corrected, step: 'continue' })).html,
  );
  expect(check).toMatch(/Title[\s\S]*First title[\s\S]*Better title/);
  const done = unescaped(
    (await by.send(`/records/activity/${id}/correct`, { ...corrected, step: 'record' })).html,
  );
  expect(done).toContain('Title: First title → Better title');
  expect(done).toMatch(/Corrected<\/strong> on .* by Ada First, because: typing error/);
  expect(done).toContain('As it was meant');
  const nothing = await by.send(`/records/activity/${id}/correct`, { ...corrected, step: 'continue' });
  expect([nothing.status, nothing.html.includes('changes nothing')]).toEqual([422, true]);
  const unreasoned = await by.send(`/records/activity/${id}/correct`, {
    ...corrected,
    title: 'Third',
    reason: '',
    step: 'continue',
  });
  expect(unreasoned.status).toBe(422);
});

test('two people at once: the second sees what was changed, and keeps what is his or hers', async () => {
  const [one, other] = [await visitor(), await visitor()];
  const id = await recorded(one, 'Title at first');
  const path = `/records/activity/${id}/correct`;
  const opened = await other.get(path);
  const mine = { ...valuesOn(opened.html), title: 'Title of the second', 'bodies-0-role': 'host' };
  const revision = /name="revision" value="(\d+)"/.exec(opened.html)?.[1] ?? '';
  const theirs = { ...valuesOn(opened.html), occurred: '4 June 2025', title: 'Title of the first' };
  await one.send(path, { ...theirs, reason: 'other', step: 'record' });

  const conflict = await other.send(path, { ...mine, revision, reason: 'other', step: 'record' });
  const page = unescaped(conflict.html);
  expect(conflict.status).toBe(409);
  expect(page).toContain('Somebody changed this record while you were correcting it');
  expect(page).toMatch(
    /Title<\/th><td[^>]*>Title at first<\/td><td[^>]*>Title of the first<\/td><td[^>]*>Title of the second/,
  );
  expect(page).toMatch(/When did it happen<\/th>[\s\S]*not changed by you/);
  const merged = valuesOn(conflict.html);
  expect(merged).toMatchObject({
    title: 'Title of the second',
    occurred: '4 June 2025',
    'bodies-0-role': 'host',
  });
  const now = /name="revision" value="(\d+)"/.exec(conflict.html)?.[1] ?? '';
  const done = await other.send(path, { ...merged, revision: now, reason: 'other', step: 'record' });
  expect(unescaped(done.html)).toContain('Title: Title of the first → Title of the second');
});

test('withdrawing needs a reason, takes the record out of the totals, and can be undone', async () => {
  const by = await visitor();
  const id = await recorded(by, 'To be withdrawn');
  const path = `/records/activity/${id}`;
  const without = await by.send(`${path}/withdraw`, {});
  expect([without.status, without.html.includes('Choose a reason')]).toEqual([422, true]);
  const withdrawn = await by.send(`${path}/withdraw`, { reason: 'did-not-happen' });
  expect(withdrawn.html).toContain('withdrawn</strong>');
  expect(withdrawn.html).toContain(`${path}/reinstate`);
  const back = await by.send(`${path}/reinstate`, { reason: 'other' });
  expect(back.html).toContain('Reinstated</strong>');
});

test('two records of one thing are merged, by the address of the other’s page, and parted again', async () => {
  const by = await visitor();
  const [one, other] = [await recorded(by, 'Once'), await recorded(by, 'Twice')];
  const wrong = await by.send(`/records/activity/${one}/merge`, { reason: 'duplicate', other: 'that one' });
  expect([wrong.status, wrong.html.includes('Give the id of the other record')]).toEqual([422, true]);
  const itself = await by.send(`/records/activity/${one}/merge`, { reason: 'duplicate', other: one });
  expect([itself.status, itself.html.includes('cannot be merged into itself')]).toEqual([422, true]);
  const merged = await by.send(`/records/activity/${one}/merge`, {
    reason: 'duplicate',
    other: `${ledger.url}/records/activity/${other}?after=1`,
  });
  expect(merged.html).toContain('merged</strong>');
  const undone = await by.send(`/records/activity/${one}/undo-merge`, { reason: 'other' });
  expect(undone.html).toContain('Merge undone</strong>');
});

test('a further step of a place begins with what the place says already', async () => {
  const by = await visitor();
  const place = {
    offer: 'leadership-academy',
    occurred: '2 June 2025',
    person: 'Pat Place',
    body: 'Watford',
    course: 'Leadership essentials',
    party: 'not stated',
  };
  const booked = await by.send('/record/PlaceBooked', { ...place, step: 'record' });
  const next = /\/record\/CouncillorTrained\?record=[0-9a-f-]{36}/.exec(booked.html)?.[0] ?? '';
  const form = await by.get(next);
  expect(valuesOn(form.html)).toMatchObject({ person: 'Pat Place', course: 'Leadership essentials' });
  const attended = await by.send(next, {
    ...valuesOn(form.html),
    occurred: '9 June 2025',
    step: 'record',
  });
  expect(attended.html).toContain('A councillor attended a course');
  expect(attended.html).toContain('A place booked on a course');
});

test('a name that somebody known may have is a question, with doubtful ones marked', async () => {
  const by = await visitor();
  const peer = (name: string): Record<string, string> => ({
    offer: 'tailored-peer-support',
    occurred: '2 June 2025',
    person: name,
    body: 'Watford',
    step: 'record',
  });
  await by.send('/record/PeerTrained', peer('Johanna Smith'));
  const asked = await by.send('/record/PeerTrained', peer('J. Smyth'));
  expect([asked.status, unescaped(asked.html).includes('Who is “J. Smyth”?')]).toEqual([422, true]);
  expect(asked.html).toContain('a similar name');
});

test('likely duplicates are listed with what makes them alike, merged only when somebody says, and then gone', async () => {
  const by = await visitor();
  const [one, other] = [await recorded(by, 'Review of backups'), await recorded(by, 'The review of Backups')];
  const pairs = async (): Promise<string[][]> => {
    const { body } = await ledger.get('/api/duplicates', await ledger.signIn());
    return (body['pairs'] as { one: { id: string }; other: { id: string } }[]).map((pair) =>
      [pair.one.id, pair.other.id].sort(),
    );
  };
  expect(await pairs()).toContainEqual([one, other].sort());
  const page = await by.get('/duplicates');
  const merge =
    new RegExp(`/records/activity/(?:${one}|${other})/merge\\?other=[0-9a-f-]{36}`).exec(page.html)?.[0] ??
    '';
  const form = await by.get(merge);
  expect(valuesOn(form.html)['other']).toMatch(/^[0-9a-f-]{36}$/);
  await by.send(merge, { ...valuesOn(form.html), reason: 'duplicate' });
  expect(await pairs()).not.toContainEqual([one, other].sort());
});
