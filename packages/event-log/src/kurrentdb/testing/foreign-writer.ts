import { randomUUID } from 'node:crypto';
import { Connection, loadClient } from '../connection';
import { parseKurrentDbAddress } from '../kurrentdb-address';

/** Somebody else who writes to the same KurrentDB, with the plain client. */
export class ForeignWriter {
  readonly #connection: Connection;

  constructor(address: string) {
    this.#connection = new Connection(parseKurrentDbAddress(address).connection);
  }

  /** Writes an event of JSON to a stream, by its full name. */
  async write(stream: string, number = 1): Promise<void> {
    const [client, { jsonEvent }] = await Promise.all([this.#connection.client(), loadClient()]);
    const events = Array.from({ length: number }, () =>
      jsonEvent({ id: randomUUID(), type: 'SomethingElse', data: { of: 'another system' } }),
    );
    await client.appendToStream(stream, events);
  }

  /** Sets the metadata of a stream. */
  async limit(stream: string, maxCount: number): Promise<void> {
    await (await this.#connection.client()).setStreamMetadata(stream, { maxCount });
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}
