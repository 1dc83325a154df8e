import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way between two processes that can be cut and mended. What is on it when it is cut is lost. */
export class TcpProxy {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  #cut = false;
  #connections = 0;

  private constructor(readonly target: number) {
    this.#server = createServer((near) => this.#lead(near));
  }

  /** A way to a port of this machine, where something listens or will. */
  static async to(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    // A listening TCP server has an address with a port.
    return (this.#server.address() as AddressInfo).port;
  }

  /** How many connections have gone this way. */
  get connections(): number {
    return this.#connections;
  }

  #lead(near: Socket): void {
    if (this.#cut) {
      near.resetAndDestroy();
      return;
    }
    this.#connections += 1;
    const far = connect({ port: this.target, host: '127.0.0.1' });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.setNoDelay(true);
      this.#open.add(one);
      one.pipe(other);
      // Where one end is over, so is the other; why is told there by its own error.
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#open.delete(one);
        other.destroy();
      });
    }
  }

  /** Ends every connection as a cable that is pulled would be noticed, and refuses those that are tried. */
  cut(): void {
    this.#cut = true;
    for (const socket of this.#open) socket.resetAndDestroy();
  }

  /** Lets connections through again. */
  mend(): void {
    this.#cut = false;
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
