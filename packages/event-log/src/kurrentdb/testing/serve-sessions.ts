import { status, type sendUnaryData, type ServerReadableStream, type ServerUnaryCall } from '@grpc/grpc-js';
import {
  AppendRecordsResponse,
  AppendResponse,
  AppendSessionResponse,
  SchemaFormat,
  StreamRevision,
  type AppendRecord,
  type AppendRecordsRequest,
  type AppendRequest,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/streams/streams_pb';
import type { Behaviour } from './faults';
import type { Proposed } from './kept';
import { refusals, sessionRefusals } from './refusals';
import { maxAppendBytes, sizeOnDisk } from './serve-appends';
import { anyVersion, type StreamPart, type StrictStore, type WriteOutcome } from './strict-store';

/** A write that is being put together. */
interface Session {
  readonly parts: StreamPart[];
  readonly events: { part: number; event: Proposed }[];
}

/** A record as a proposed event. @throws ServiceError */
function proposedOf(record: AppendRecord): Proposed {
  const schema = record.getSchema();
  const type = schema?.getName() ?? '';
  const format = schema?.getFormat() ?? SchemaFormat.SCHEMA_FORMAT_UNSPECIFIED;
  // Source: the validators of KurrentDB.Api.V2: a record has a name and a format of its schema.
  if (type === '' || format === SchemaFormat.SCHEMA_FORMAT_UNSPECIFIED)
    throw refusals.invalid('A record needs the name and the format of its schema.');
  const properties: Record<string, unknown> = {};
  for (const [name, value] of record.getPropertiesMap().entries()) properties[name] = value.getStringValue();
  return {
    id: record.getRecordId() ?? '',
    type,
    isJson: format === SchemaFormat.SCHEMA_FORMAT_JSON,
    data: record.getData_asU8(),
    // Source: AppendRecordExtensions.PreProcessRecord: what is not JSON says its format among its properties.
    metadata: Buffer.from(JSON.stringify({ '$schema.format': format, ...properties })),
  };
}

function mustFit(events: readonly { readonly event: Proposed }[]): void {
  const size = events.reduce((total, { event }) => total + sizeOnDisk(event), 0);
  if (size > maxAppendBytes) throw sessionRefusals.transactionTooLarge(size, maxAppendBytes);
}

/** What is not known to be answered in another way is answered as a fault of the server. */
function unexpected(): Error {
  return Object.assign(new Error('completed in error with unexpected result'), {
    code: status.UNKNOWN,
    details: 'completed in error with unexpected result',
  });
}

/** Source: AppendSessionCommand.MapToError: a session names the first stream that fails. */
function sessionError(outcome: WriteOutcome): Error | undefined {
  if (outcome.result === 'deleted') return sessionRefusals.tombstoned(outcome.stream);
  if (outcome.result !== 'conflict') return undefined;
  const [first] = outcome.failures;
  return first === undefined ? unexpected() : sessionRefusals.revisionConflict(first);
}

/** StreamsService.AppendSession (since 25.1): several streams, each once. Source: StreamsService.cs of KurrentDB.Api.V2. */
export function serveAppendSession(store: StrictStore, behaviour: Behaviour) {
  return (
    call: ServerReadableStream<AppendRequest, AppendSessionResponse>,
    answer: sendUnaryData<AppendSessionResponse>,
  ): void => {
    behaviour.calls.appendSession++;
    const requests: AppendRequest[] = [];
    call.on('data', (request: AppendRequest) => requests.push(request));
    call.on('end', () => {
      if (behaviour.faults.ignoreAppends) return;
      try {
        const response = appendSession(store, requests);
        if (!behaviour.faults.swallowAnswers) answer(null, response);
      } catch (error) {
        answer(error as Error);
      }
    });
  };
}

function appendSession(store: StrictStore, requests: readonly AppendRequest[]): AppendSessionResponse {
  const { parts, events }: Session = { parts: [], events: [] };
  if (requests.length === 0) throw refusals.invalid('A session needs at least one append.');
  for (const request of requests) {
    const stream = request.getStream();
    // Names are compared without regard to case. Source: AppendRequestComparer.
    if (parts.some((part) => part.stream.toLowerCase() === stream.toLowerCase()))
      throw sessionRefusals.twice(stream);
    const expected = request.hasExpectedRevision() ? Number(request.getExpectedRevision()) : anyVersion;
    parts.push({ stream, expected });
    for (const record of request.getRecordsList()) {
      events.push({ part: parts.length - 1, event: proposedOf(record) });
      mustFit(events);
    }
  }
  const outcome = store.write(parts, events);
  const error = sessionError(outcome);
  if (error !== undefined || !('written' in outcome)) throw error ?? unexpected();
  const response = new AppendSessionResponse();
  response.setPosition(String(outcome.written.position));
  for (const [at, { stream }] of parts.entries()) {
    const output = new AppendResponse();
    output.setStream(stream);
    output.setStreamRevision(String(outcome.written.last[at] ?? -1));
    response.addOutput(output);
  }
  return response;
}

/** StreamsService.AppendRecords (since 26.1): records in any order over streams, and checks. Source: StreamsService.cs. */
export function serveAppendRecords(store: StrictStore, behaviour: Behaviour) {
  return (
    call: ServerUnaryCall<AppendRecordsRequest, AppendRecordsResponse>,
    answer: sendUnaryData<AppendRecordsResponse>,
  ): void => {
    behaviour.calls.appendRecords++;
    if (behaviour.faults.ignoreAppends) return;
    try {
      const response = appendRecords(store, call.request);
      if (!behaviour.faults.swallowAnswers) answer(null, response);
    } catch (error) {
      answer(error as Error);
    }
  };
}

function appendRecords(store: StrictStore, request: AppendRecordsRequest): AppendRecordsResponse {
  const { parts, events }: Session = { parts: [], events: [] };
  const placeOf = (stream: string): number => parts.findIndex((part) => part.stream === stream);
  for (const check of request.getChecksList()) {
    const state = check.getStreamState();
    if (state === undefined) throw refusals.invalid('A check names a stream.');
    // Source: ApplyConsistencyChecks keeps one state for a stream; that two differ is refused here, to be no kinder.
    if (placeOf(state.getStream()) >= 0) throw refusals.invalid('A stream is checked once.');
    parts.push({ stream: state.getStream(), expected: Number(state.getExpectedState()) });
  }
  for (const record of request.getRecordsList()) {
    if (placeOf(record.getStream()) < 0) parts.push({ stream: record.getStream(), expected: anyVersion });
    events.push({ part: placeOf(record.getStream()), event: proposedOf(record) });
    mustFit(events);
  }
  if (events.length === 0) throw refusals.invalid('At least one record is needed.');
  const outcome = store.write(parts, events);
  if (outcome.result === 'deleted') throw sessionRefusals.tombstoned(outcome.stream);
  if (outcome.result === 'conflict')
    throw outcome.failures.length === 0 ? unexpected() : sessionRefusals.violations(outcome.failures);
  const response = new AppendRecordsResponse();
  response.setPosition(String(outcome.written.position));
  for (const [at, { stream }] of parts.entries()) {
    if (!events.some(({ part }) => part === at)) continue;
    const revision = new StreamRevision();
    revision.setStream(stream);
    revision.setRevision(String(outcome.written.last[at] ?? -1));
    response.addRevisions(revision);
  }
  return response;
}
