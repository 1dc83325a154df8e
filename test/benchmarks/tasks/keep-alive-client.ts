import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const headEnd = Buffer.from('\r\n\r\n');

/** The server answered in a way that this client does not understand, or closed the connection. */
export class BrokenAnswerError extends Error {
  readonly code = 'BROKEN_ANSWER';
}

/**
 * One connection that sends a request after the answer to the last one has come. It reads no more of an answer than
 * its status and its length, so that the load takes as little as possible from the server it is put on.
 */
export class KeepAliveClient {
  #received: Buffer = Buffer.alloc(0);
  #waiting: { resolve: (status: number) => void; reject: (error: Error) => void } | undefined;

  private constructor(readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (part) => {
      this.#received = this.#received.length === 0 ? part : Buffer.concat([this.#received, part]);
      this.#take();
    });
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () => this.#waiting?.reject(new BrokenAnswerError('The connection was closed')));
  }

  static async connect(url: string): Promise<KeepAliveClient> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    await once(socket, 'connect');
    return new KeepAliveClient(socket);
  }

  /** Sends a whole request, headers and all; the status of the answer. @throws BrokenAnswerError */
  async send(request: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.socket.write(request);
    });
  }

  /** Takes the answer, if it is there whole. */
  #take(): void {
    const end = this.#received.indexOf(headEnd);
    if (end < 0 || this.#waiting === undefined) return;
    const head = this.#received.subarray(0, end).toString('latin1');
    const status = /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1];
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    if (status === undefined || length === undefined) {
      this.#waiting.reject(new BrokenAnswerError(`An answer without status or length: ${head}`));
      return;
    }
    const whole = end + headEnd.length + Number(length);
    if (this.#received.length < whole) return;
    this.#received = this.#received.subarray(whole);
    const { resolve } = this.#waiting;
    this.#waiting = undefined;
    resolve(Number(status));
  }

  close(): void {
    this.#waiting = undefined;
    this.socket.destroy();
  }
}
