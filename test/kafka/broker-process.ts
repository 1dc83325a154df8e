import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrintingProcess } from '../running/printing-process';

const script = join(__dirname, '..', '..', 'infra', 'kafka', 'broker.js');

/** A listener by TLS, where one user signs in. */
export interface SecureListener {
  /** A file of key and certificate (PKCS 12), under the same password. */
  readonly keystore: string;
  readonly user: string;
  readonly password: string;
}

class BrokerProcess extends PrintingProcess {
  static async start(
    folder: string,
    ports: readonly number[],
    secure?: SecureListener,
  ): Promise<BrokerProcess> {
    const settings =
      secure === undefined
        ? {}
        : {
            BROKER_KEYSTORE: secure.keystore,
            BROKER_USER: secure.user,
            BROKER_PASSWORD: secure.password,
          };
    const process = new BrokerProcess('broker', [script, folder, ...ports.map(String)], settings);
    await process.saying('A broker is at');
    return process;
  }

  get address(): string {
    return /A broker is at (\S+),/.exec(this.printed)?.[1] ?? '';
  }

  get secureAddress(): string {
    return /by TLS at (\S+)\./.exec(this.printed)?.[1] ?? '';
  }

  /** The broker itself, which is a child of the process that starts it. */
  get broker(): number {
    return Number(/as process (\d+)/.exec(this.printed)?.[1]);
  }
}

/** A broker of a test's own, that can be stopped and started again with its data, at the same address. */
export class OwnBroker {
  readonly #folder = mkdtempSync(join(tmpdir(), 'own-broker-'));
  #process: BrokerProcess | undefined;
  #address = '';

  /** @param ports where it listens, and where clients reach it, if something stands in between; a free port unless given */
  constructor(
    readonly ports: readonly number[] = [],
    readonly secure?: SecureListener,
  ) {}

  get address(): string {
    return this.#address;
  }

  /** Where it listens by TLS, if it does. */
  get secureAddress(): string {
    return this.#process?.secureAddress ?? '';
  }

  async start(): Promise<void> {
    const again = this.#address === '' ? [] : [Number(this.#address.split(':')[1])];
    this.#process = await BrokerProcess.start(
      this.#folder,
      this.ports.length > 0 ? this.ports : again,
      this.secure,
    );
    this.#address = this.#process.address;
  }

  /** Stops it, as an operator would. */
  async stop(): Promise<void> {
    await this.#process?.end('SIGTERM');
    this.#process = undefined;
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    if (this.#process === undefined) return;
    process.kill(this.#process.broker, 'SIGKILL');
    await this.#process.end('SIGTERM');
    this.#process = undefined;
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
