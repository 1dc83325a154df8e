import { TcpProxy } from './tcp-proxy';
import { OwnBroker } from '../kafka/broker-process';
import { OwnServer } from '../postgres/server-process';
import { freePort } from '../running/free-port';

/** A broker and a database server of a test's own, each reached on a way that can be cut. */
export class Engines {
  private constructor(
    readonly broker: OwnBroker,
    readonly toBroker: TcpProxy,
    readonly server: OwnServer,
    readonly toServer: TcpProxy,
  ) {}

  static async start(): Promise<Engines> {
    const [brokerPort, serverPort] = [await freePort(), await freePort()];
    const [toBroker, toServer] = [await TcpProxy.to(brokerPort), await TcpProxy.to(serverPort)];
    // A broker tells its clients where it is reached: all of them come by the proxy.
    const broker = new OwnBroker([brokerPort, toBroker.port]);
    const engines = new Engines(broker, toBroker, new OwnServer(serverPort), toServer);
    await broker.start();
    await engines.server.start();
    return engines;
  }

  async stop(): Promise<void> {
    await this.broker.remove();
    await this.server.remove();
    await this.toBroker.close();
    await this.toServer.close();
  }
}
