import {
  decidePeriod,
  partOf,
  type PeriodCommand,
  type PeriodContext,
  type PeriodPart,
} from '@ledger/domain';
import { derivedId, eventDefinitions } from '@ledger/events';
import type { StreamCheck } from '@ledger/event-log';
import type { Command, StampedCommand } from './command';
import { unfinishedImports } from '../imports/known-imports';
import { noneBegun } from './in-parts';
import { parseRequest, refused } from './faults';
import type { Outcome } from './outcome';
import { expectedPeriod, periodStream, readPeriod } from './read-period';
import type { Planned, Recording } from './recording';
import { ClosingRequest, ReopeningRequest } from './request-schemas';

/**
 * What is closed is final: no half of an import may be in it.
 * @returns what holds while none has begun since
 * @throws DecisionRefused
 */
async function refuseWhileImporting({ parts }: Recording): Promise<StreamCheck> {
  const begun = await noneBegun(parts.log);
  const [first] = unfinishedImports(await parts.imports());
  if (first !== undefined)
    throw refused(
      'import-under-way',
      'year',
      `the import ${first} is under way, or broke off; wait for its end, or take it back`,
    );
  return begun;
}

async function plan(
  recording: Recording,
  stamped: StampedCommand,
  year: number,
  decided: PeriodCommand,
): Promise<Planned> {
  const checks = decided.step === 'reopen' ? [] : [await refuseWhileImporting(recording)];
  const { parts } = recording;
  const { catalogue } = await parts.reference();
  const context: PeriodContext = {
    today: parts.today(),
    offersOf: (programme) =>
      catalogue.programmes.has(programme)
        ? [...catalogue.offers.values()].flatMap((offer) => (offer.programme === programme ? [offer.id] : []))
        : undefined,
  };
  const period = await readPeriod(parts.log, year);
  const events = decidePeriod(period, decided, context).map(({ type, data }, at) => ({
    id: derivedId('event', stamped.id, String(at)),
    type,
    schemaVersion: eventDefinitions[type].version,
    data,
  }));
  const writes = [{ stream: periodStream(year), expected: expectedPeriod(period), events }];
  return { writes, checks, warnings: [] };
}

/** The command with the year of its address among what its key names. */
function ofYear(command: Command, year: number): Command {
  const sent = typeof command.request === 'object' ? command.request : {};
  return { ...command, request: { year, ...sent } };
}

async function noteOf(
  { parts }: Recording,
  { id }: StampedCommand,
  note: string | undefined,
): Promise<object> {
  if (note === undefined) return {};
  return { noteRef: await parts.vault.putNote({ commandKey: `${id}/note`, text: note }) };
}

/** Final figures are whole: what could not be applied may be of any year, and would restate them once it is. */
async function refuseIfParked({ parts }: Recording): Promise<void> {
  const parked = await parts.parked();
  if (parked === 0) return;
  throw refused(
    'nothing-parked',
    'year',
    `${parked === 1 ? 'an event' : `${parked} events`} could not be applied, so figures are incomplete; see /parked (or \`ledger parked\`), have it mended, and close finally then`,
  );
}

/** Closes a quarter or year, provisionally or finally. @throws DecisionRefused, EventLogError */
export async function closePeriod(recording: Recording, year: number, command: Command): Promise<Outcome> {
  const { level, note, ...named } = parseRequest(ClosingRequest, command.request);
  const step = level === 'final' ? 'close-finally' : 'close-provisionally';
  const part: PeriodPart = partOf(named);
  return recording.run('close-period', ofYear(command, year), async (stamped) => {
    if (step === 'close-finally') await refuseIfParked(recording);
    return plan(recording, stamped, year, { step, part, ...(await noteOf(recording, stamped, note)) });
  });
}

/** Takes a provisional closing back. @throws DecisionRefused, EventLogError */
export async function reopenPeriod(recording: Recording, year: number, command: Command): Promise<Outcome> {
  const { reason, note, ...named } = parseRequest(ReopeningRequest, command.request);
  const part: PeriodPart = partOf(named);
  return recording.run('reopen-period', ofYear(command, year), async (stamped) =>
    plan(recording, stamped, year, {
      step: 'reopen',
      part,
      reason,
      ...(await noteOf(recording, stamped, note)),
    }),
  );
}
