import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scanWith } from '@ledger/assurance';
import { openDatabase } from '@ledger/sqlite';
import { baseline, ClaimsLedger, codesOf, users } from './claims-ledger';

/* Claims over HTTP, from a draft to verified amounts: every refusal in words, and three persons. */

let ledger: ClaimsLedger;
beforeAll(async () => {
  ledger = await ClaimsLedger.start();
}, 60_000);
afterAll(() => ledger.stop());

const whole = { years: [{ year: 201920, verifiedPence: 145_000_00 }] };

test('a draft says what it lacks, and is submitted once it lacks nothing', async () => {
  const id = await ledger.claim({ method: 'not stated', gainType: 'not stated' });
  const refused = await ledger.step(id, 'submit', 'team');
  expect([refused.status, codesOf(refused)]).toEqual([
    422,
    ['gain-type-stated', 'method-stated', 'baseline-proposed', 'evidence-attached'],
  ]);
  const { missing } = await ledger.read(id);
  expect(missing).toHaveLength(4);
  const ready = await ledger.claim();
  await ledger.step(ready, 'propose-baseline', 'team', baseline);
  await ledger.attach(ready, 'one thing');
  const submitted = await ledger.step(ready, 'submit', 'team', { note: 'All is in the accounts' });
  expect(submitted.status).toBe(201);
  expect(await ledger.read(ready)).toMatchObject({ claim: { assurance: 'submitted' }, missing: [] });
});

test('who submitted it cannot verify it, with every role at once; nobody can before the baseline is agreed', async () => {
  const id = await ledger.claim();
  await ledger.step(id, 'propose-baseline', 'everyone', baseline);
  await ledger.attach(id, 'another thing');
  await ledger.step(id, 'submit', 'everyone');
  await ledger.step(id, 'start-review', 'verifier');
  expect(codesOf(await ledger.step(id, 'verify', 'everyone', whole))).toEqual([
    'three-persons',
    'baseline-agreed',
  ]);
  expect(codesOf(await ledger.step(id, 'verify', 'verifier', whole))).toEqual(['baseline-agreed']);
  expect(codesOf(await ledger.step(id, 'agree-baseline', 'everyone'))).toEqual(['three-persons']);
  await ledger.step(id, 'agree-baseline', 'approver');
  expect(codesOf(await ledger.step(id, 'verify', 'approver', whole))).toEqual(['three-persons']);
  expect((await ledger.step(id, 'verify', 'verifier', whole)).status).toBe(201);
  expect(await ledger.read(id)).toMatchObject({
    claim: {
      assurance: 'verified',
      years: [{ year: '2019/20', deliveredPence: 145_000_00, costPence: 5_000_00, netPence: 140_000_00 }],
    },
    names: { submitted: ['everyone'], agreed: [users.approver], verified: [users.verifier] },
  });
});

test('the worklist counts claims by state, and shows those of one', async () => {
  const id = await ledger.readyToVerify();
  const page = await ledger.getNow('/api/claims?assurance=under%20review');
  expect(page['claims']).toMatchObject([{ id, assurance: 'under review', realisation: 'delivered' }]);
  expect(page['states']).toContainEqual({ assurance: 'under review', claims: 1 });
});

test('a query holds the claim up until the team answers; the words are in the vault alone', async () => {
  const id = await ledger.readyToVerify();
  await ledger.step(id, 'query', 'verifier', { text: 'Where is the invoice?', due: '2999-01-31' });
  const queried = await ledger.read(id);
  const [asked] = queried['thread'] as readonly { readonly query: string }[];
  expect(queried).toMatchObject({
    claim: { assurance: 'queried', queriesDue: ['2999-01-31'] },
    thread: [{ question: { name: users.verifier, text: 'Where is the invoice?' }, answer: null }],
  });
  expect(codesOf(await ledger.step(id, 'verify', 'verifier', whole))).toEqual(['claim-state']);
  await ledger.step(id, 'answer', 'team', { query: asked?.query, text: 'It is attached' });
  expect(await ledger.read(id)).toMatchObject({
    claim: { assurance: 'under review' },
    thread: [{ answer: { name: users.team, text: 'It is attached' }, overdue: false }],
  });
  const log = readFileSync(join(ledger.running.folder, 'ledger', 'log.db')).toString('latin1');
  expect(log).not.toContain('Where is the invoice');
});

test('a step sent again under its key is taken once, and another claim under that key is refused', async () => {
  const id = await ledger.claim();
  const headers = { 'Ledger-User': users.team, 'Idempotency-Key': 'baseline-of-the-day' };
  const path = `/api/claims/${id}/propose-baseline`;
  const first = await ledger.running.post(path, baseline, headers);
  const again = await ledger.running.post(path, baseline, headers);
  expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 200, 'true']);
  expect(again.body['position']).toBe(first.body['position']);
  const other = await ledger.claim();
  const reused = await ledger.running.post(`/api/claims/${other}/propose-baseline`, baseline, headers);
  expect([reused.status, reused.body['code']]).toEqual([409, 'COMMAND_KEY_REUSED']);
});

test('correcting a verified claim opens it again', async () => {
  const id = await ledger.readyToVerify();
  await ledger.step(id, 'verify', 'verifier', whole);
  const { content } = await ledger.read(id);
  const corrected = await ledger.post(
    `/api/records/claim/${id}/corrections`,
    {
      type: 'SavingsRecorded',
      data: { ...(content as object), title: 'Another title' },
      reason: 'other',
      comment: 'As it was',
    },
    'team',
  );
  expect(corrected.status).toBe(201);
  expect(await ledger.read(id)).toMatchObject({
    claim: { assurance: 'reopened', years: [{ verifiedPence: null }] },
  });
});

describe('evidence (B12)', () => {
  test('is kept once for equal files, opened through the ledger, and each opening is in the audit file', async () => {
    const [one, other] = [await ledger.claim(), await ledger.claim()];
    await ledger.attach(one, 'the very same file');
    await ledger.attach(other, 'the very same file');
    const [first] = (await ledger.read(one))['evidence'] as readonly { evidence: string; sha256: string }[];
    const [second] = (await ledger.read(other))['evidence'] as readonly {
      evidence: string;
      sha256: string;
    }[];
    expect(second).toMatchObject({ evidence: first?.evidence, sha256: first?.sha256 });
    const path = `/api/claims/${one}/evidence/${first?.evidence}`;
    const opened = await fetch(new URL(path, ledger.running.url), {
      headers: { 'Ledger-User': users.auditor },
    });
    expect(await opened.text()).toBe('the very same file');
    expect(opened.headers.get('content-disposition')).toContain('outturn.csv');
    const audit = readFileSync(join(ledger.running.folder, 'ledger', 'audit.jsonl'), 'utf8');
    expect(audit).toContain('"what":"evidence-read"');
    expect(audit).toContain(first?.evidence ?? 'none');
    const reader = await ledger.get(path, 'reader');
    expect(reader.status).toBe(403);
  });

  test('is not attached twice by sending it twice', async () => {
    const id = await ledger.claim();
    expect((await ledger.attach(id, 'one file')).status).toBe(201);
    expect(codesOf(await ledger.attach(id, 'one file'))).toEqual(['evidence-attached-already']);
    expect((await ledger.read(id))['evidence']).toHaveLength(1);
  });

  test('of a sort that is not taken is refused, and of a claim that takes none is not kept', async () => {
    const id = await ledger.claim();
    const program = await ledger.attach(id, 'MZ', 'team', 'setup.exe');
    expect([program.status, program.body['code']]).toEqual([422, 'EVIDENCE_REFUSED']);
    await ledger.post(`/api/records/claim/${id}/withdrawals`, { reason: 'other' }, 'team');
    expect(codesOf(await ledger.attach(id, 'too late'))).toEqual(['claim-state']);
  });

  test('that is not in the vault as it was attached shows on the claim, and the claim is not verified on it', async () => {
    const id = await ledger.readyToVerify();
    const [attached] = (await ledger.read(id))['evidence'] as readonly { evidence: string }[];
    const vault = openDatabase(join(ledger.running.folder, 'ledger', 'vault.db'), { synchronous: 'FULL' });
    const change = (sql: string): void => {
      vault.prepare(sql).run(attached?.evidence ?? '');
    };
    change("UPDATE evidence SET sealed = CAST(sealed || x'00' AS BLOB) WHERE id = ?");
    expect(await ledger.read(id)).toMatchObject({ evidence: [{ state: 'altered' }] });
    expect(codesOf(await ledger.step(id, 'verify', 'verifier', whole))).toEqual(['evidence-whole']);
    const path = `/api/claims/${id}/evidence/${attached?.evidence}`;
    expect((await ledger.get(path)).body['code']).toBe('EVIDENCE_ALTERED');
    change('DELETE FROM evidence WHERE id = ?');
    vault.close();
    expect(await ledger.read(id)).toMatchObject({ evidence: [{ state: 'missing' }] });
    expect((await ledger.get(path)).body['code']).toBe('EVIDENCE_MISSING');
  });

  /** A scanner that reads the file and ends with a code. */
  const ending = (exit: number) =>
    scanWith(process.execPath, ['-e', `process.stdin.resume().on('end', () => process.exit(${exit}))`]);

  test('goes through the scanner of the operator, and is taken where that finds nothing', async () => {
    await expect(ending(0)(Buffer.from('a file'))).resolves.toBeUndefined();
  });

  test.each([
    [1, 'EVIDENCE_REFUSED'],
    [7, 'EVIDENCE_NOT_SCANNED'],
  ])('is not taken where the scanner ends with %i', async (exit, code) => {
    await expect(ending(exit)(Buffer.from('a file'))).rejects.toMatchObject({ code });
  });

  test('is not taken where the scanner cannot be started', async () => {
    await expect(scanWith('no-such-scanner', [])(Buffer.from('a'))).rejects.toMatchObject({
      code: 'EVIDENCE_NOT_SCANNED',
    });
  });
});
