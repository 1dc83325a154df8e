import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { decodeStoredBody } from '@ledger/events';
import { SqliteEventLog, type AppendRequest, type EventLog } from '@ledger/event-log';
import { KafkaBroker } from '@ledger/fan-out';
import { exportLog, verifyFile } from '@ledger/notary';
import { checkReadModels, SharedReadModels, type LedgerQueries } from '@ledger/projections';
import { PostgresShelf } from '@ledger/read-store';
import { nodeCrypto, parseKey } from '@ledger/seal';
import { logAgainstPlan } from '../durability/small-ledger/log-against-plan';
import { acknowledgedIn } from '../durability/small-ledger/saying';
import { faultsOf } from '../kafka/published-topic';
import { agree, answered, everyQuestion } from '../property/asked-figures';
import { recount, type ExportedEvent } from '../recount';
import { notaryOf } from '../running/log-notary';

/** What is to fit together in the end: everything that a ledger keeps, wherever it keeps it. */
export interface Kept {
  /** The folder of the log. */
  readonly folder: string;
  /** What was asked of the log, and what it said to it. */
  readonly appends: readonly AppendRequest[];
  readonly said: string;
  /** Where the read models are. */
  readonly readModels: string;
  readonly broker: string;
  readonly topic: string;
}

async function exported(log: EventLog): Promise<readonly ExportedEvent[]> {
  const events: ExportedEvent[] = [];
  for await (const { position, revision, bytes } of log.readAll())
    events.push({
      ...decodeStoredBody(bytes),
      position: String(position),
      revision: String(revision),
    });
  return events;
}

/** Every figure asked of read models beside the same counted from the events alone. @throws where two differ */
export async function compareWithRecount(log: EventLog, queries: LedgerQueries): Promise<void> {
  const { position } = await log.head();
  const counted = recount(await exported(log), position);
  for (const asked of everyQuestion) {
    const answer = await answered(asked, queries, position);
    if (answer !== undefined) agree(asked.name, answer, asked.recount(counted));
  }
}

/** The first figure that differs from its recount; a sentence, so that what else is wrong is told with it. */
async function recountFindings(log: EventLog, queries: LedgerQueries): Promise<readonly string[]> {
  try {
    await compareWithRecount(log, queries);
    return [];
  } catch (error) {
    return [String(error instanceof Error ? error.message : error)];
  }
}

/** What is wrong with read models in PostgreSQL, line by line and figure by figure; sentences. */
async function readModelFindings(log: EventLog, address: string): Promise<readonly string[]> {
  const shelf = await PostgresShelf.open(address);
  const models = new SharedReadModels({ shelf, log, figures: [] });
  try {
    const differences = await recountFindings(log, models.queries);
    const { position } = await log.head();
    const checked = await models.reading(async (stores) => checkReadModels(log, stores));
    if (checked.position === String(position)) return [...differences, ...checked.findings];
    return [
      ...differences,
      `The read models are at ${checked.position}, not at ${position}.`,
      ...checked.findings,
    ];
  } finally {
    await models.close();
    await shelf.close();
  }
}

/** Seals the log, hands it over as a bundle and verifies that; sentences of what is wrong. */
async function sealFindings(log: EventLog, folder: string): Promise<readonly string[]> {
  const own = join(folder, 'seals');
  mkdirSync(own, { recursive: true });
  const notary = await notaryOf(log, own);
  const file = join(own, 'bundle.ndjson');
  const { size } = await notary.seal();
  await pipeline(Readable.from(exportLog({ log, notary, upTo: BigInt(size) }, [])), createWriteStream(file));
  await notary.close();
  const key = parseKey(nodeCrypto, readFileSync(join(own, 'seal.pub')));
  const { outcome, sealed, findings } = await verifyFile(file, { keys: [key], held: [] });
  const { position } = await log.head();
  if (outcome === 'verified' && BigInt(sealed) === position) return [];
  return [`The seal is ${outcome}, over ${sealed} of ${position} events: ${findings.map(String).join('; ')}`];
}

async function topicFindings(log: EventLog, { broker: address, topic }: Kept): Promise<readonly string[]> {
  const broker = await KafkaBroker.open({ brokers: [address], client: 'check' });
  try {
    return (await faultsOf(broker, topic, log)).map((fault) => `In the topic ${fault}.`);
  } finally {
    await broker.close();
  }
}

/**
 * The check of the whole: every append that was acknowledged is in the log, the log is whole, the topic holds it, the read
 * models are what a recount from the log gives, and a seal over it verifies. Whoever writes the log has ended.
 * @returns sentences; none where all is well
 * @throws where a figure and its recount differ
 */
export async function globalFindings(kept: Kept): Promise<readonly string[]> {
  const { folder, appends, said, readModels } = kept;
  const { held, findings } = await logAgainstPlan(folder, appends, acknowledgedIn(said));
  const log = SqliteEventLog.open(join(folder, 'log.db'), Date.now);
  try {
    return [
      ...findings,
      ...(held.length === appends.length ? [] : [`${held.length} of ${appends.length} appends are there.`]),
      ...(await topicFindings(log, kept)),
      ...(await readModelFindings(log, readModels)),
      ...(await sealFindings(log, folder)),
    ];
  } finally {
    await log.close();
  }
}
