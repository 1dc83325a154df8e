import type { Actor } from '@ledger/access';
import express, { type Express } from 'express';
import request from 'supertest';
import { FormTokens } from './form-tokens';

const actor: Actor = { id: 'somebody', grants: [], by: 'session' };

/** A service that gives out a form's token, and takes it. */
function service(tokens: FormTokens): Express {
  const application = express();
  application.get('/form', (asked, response) => {
    response.send(tokens.tokenFor(asked, response, actor));
  });
  application.get('/sent/:token', (asked, response) => {
    try {
      tokens.check(asked, actor, asked.params.token);
      response.send('taken');
    } catch {
      response.send('refused');
    }
  });
  return application;
}

/** What the second service says to a form of the first. */
async function sent(one: FormTokens, other: FormTokens): Promise<string> {
  const form = await request(service(one)).get('/form');
  const [cookie = ''] = form.get('Set-Cookie') ?? [];
  const answer = await request(service(other))
    .get(`/sent/${form.text}`)
    .set('Cookie', cookie.replace(/;.*/, ''));
  return answer.text;
}

test('a form of one service is taken by another that has the same secret, and by no other', async () => {
  const of = (secret: string): FormTokens => new FormTokens(false, () => secret);
  expect(await sent(of('ours'), of('ours'))).toBe('taken');
  expect(await sent(of('ours'), of('theirs'))).toBe('refused');
});
