import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { KeepAliveClient } from './keep-alive-client';
import { postOf } from './record-requests';

let server: Server;
let answers: readonly (readonly string[])[] = [];
const heard: string[] = [];

/** Answers the nth request with the nth answer, part after part; then closes. */
function serve(socket: Socket): void {
  let next = 0;
  socket.on('data', (part) => {
    heard.push(part.toString());
    const parts = answers[next++];
    if (parts === undefined) socket.destroy();
    else for (const text of parts) socket.write(text);
  });
}

beforeEach(async () => {
  heard.length = 0;
  server = createServer(serve);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => server.close());

async function client(): Promise<KeepAliveClient> {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port');
  return KeepAliveClient.connect(`http://127.0.0.1:${address.port}`);
}

test('answers are taken whole, however they come in parts, and the connection goes on', async () => {
  answers = [
    ['HTTP/1.1 201 Created\r\nContent-Le', 'ngth: 4\r\n\r\nab', 'cd'],
    ['HTTP/1.1 422 No\r\ncontent-length: 0\r\n\r\n'],
  ];
  const one = await client();
  const request = postOf('/x', '{"é":1}', { Authorization: 'Bearer t' });
  expect([await one.send(request), await one.send(request)]).toEqual([201, 422]);
  expect(heard[0]).toContain('POST /x HTTP/1.1\r\n');
  expect(heard[0]).toContain('Content-Length: 8\r\nAuthorization: Bearer t\r\n\r\n{"é":1}');
  one.close();
});

test('an answer without a length, and a connection that is closed, are failures', async () => {
  answers = [['HTTP/1.1 200 OK\r\n\r\n']];
  const one = await client();
  await expect(one.send('x')).rejects.toThrow('without status or length');
  await expect(one.send('x')).rejects.toThrow('closed');
  one.close();
});
