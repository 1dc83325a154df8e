import type {
  sendUnaryData,
  ServerDuplexStream,
  ServerReadableStream,
  ServerUnaryCall,
  ServiceError,
} from '@grpc/grpc-js';
import { Empty as GoogleEmpty } from 'google-protobuf/google/protobuf/empty_pb';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import {
  AllStreamPosition,
  Empty,
  MaximumAppendSizeExceeded,
  StreamDeleted,
  WrongExpectedVersion,
  StreamIdentifier,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb';
import { Status } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb';
import {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  DeleteResp,
  TombstoneResp,
  type DeleteReq,
  type TombstoneReq,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb';
import type { Behaviour } from './faults';
import type { Proposed } from './kept';
import { refusals } from './refusals';
import { anyVersion, noStream, streamExists, type StrictStore, type WriteOutcome } from './strict-store';

/** Source: ClusterVNodeOptions.Application.MaxAppendSize, of all events of one append. */
export const maxAppendBytes = 1024 * 1024;

/** Source: Event.SizeOnDisk. */
export function sizeOnDisk({ type, data, metadata }: Proposed): number {
  return data.length + metadata.length + type.length * 2;
}

/** A name as it came. Source: StreamIdentifier is bytes of UTF-8. */
export function nameOf(identifier: StreamIdentifier | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
}

/** A message of either interface as a proposed event. @throws ServiceError as Streams.Append does */
function proposedOf(message: AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage): Proposed {
  const properties = message.getMetadataMap();
  const type = properties.get('type');
  // Source: Streams.Append: both are required.
  if (type === undefined) throw refusals.missingProperty('type');
  const contentType = properties.get('content-type');
  if (contentType === undefined) throw refusals.missingProperty('content-type');
  const id = message.getId()?.getString() ?? '';
  // Source: the constructor of Event: an event has a type, and an id that is not empty.
  if (type === '' || id === '' || /^[0-]+$/.test(id)) throw refusals.invalid('Empty eventId or eventType.');
  return {
    id,
    type,
    isJson: contentType === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

function expectedOf(options: AppendReq.Options): number {
  const is = AppendReq.Options.ExpectedStreamRevisionCase;
  switch (options.getExpectedStreamRevisionCase()) {
    case is.REVISION:
      return Number(options.getRevision());
    case is.NO_STREAM:
      return noStream;
    case is.ANY:
      return anyVersion;
    case is.STREAM_EXISTS:
      return streamExists;
    default:
      throw refusals.invalid('The expected revision is missing.');
  }
}

function expectedOfBatch(options: BatchAppendReq.Options): number {
  const is = BatchAppendReq.Options.ExpectedStreamPositionCase;
  switch (options.getExpectedStreamPositionCase()) {
    case is.STREAM_POSITION:
      return Number(options.getStreamPosition());
    case is.NO_STREAM:
      return noStream;
    case is.ANY:
      return anyVersion;
    case is.STREAM_EXISTS:
      return streamExists;
    default:
      throw refusals.invalid('The expected position is missing.');
  }
}

function write(
  store: StrictStore,
  stream: string,
  expected: number,
  events: readonly Proposed[],
): WriteOutcome {
  return store.write(
    [{ stream, expected }],
    events.map((event) => ({ part: 0, event })),
  );
}

/** Streams.Append: one stream, one append for each call. Source: Streams.Append.cs. */
export function serveAppend(store: StrictStore, behaviour: Behaviour) {
  return (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void => {
    behaviour.calls.append++;
    const messages: AppendReq[] = [];
    call.on('data', (message: AppendReq) => messages.push(message));
    call.on('end', () => {
      if (behaviour.faults.ignoreAppends) return;
      try {
        const response = appendAll(store, messages);
        if (!behaviour.faults.swallowAnswers) answer(null, response);
      } catch (error) {
        answer(error as Error);
      }
    });
  };
}

function appendAll(store: StrictStore, [first, ...rest]: readonly AppendReq[]): AppendResp {
  const options = first?.getOptions();
  if (options === undefined) throw refusals.invalid('The first message holds the options.');
  const stream = nameOf(options.getStreamIdentifier());
  const expected = expectedOf(options);
  const events = rest.map((message) => {
    const proposed = message.getProposedMessage();
    if (proposed === undefined) throw refusals.invalid('A message holds an event.');
    return proposedOf(proposed);
  });
  const size = events.reduce((total, event) => total + sizeOnDisk(event), 0);
  if (size > maxAppendBytes) throw refusals.appendTooLarge(maxAppendBytes);
  const outcome = write(store, stream, expected, events);
  const response = new AppendResp();
  switch (outcome.result) {
    case 'deleted':
      throw refusals.streamDeleted(stream);
    case 'conflict':
      response.setWrongExpectedVersion(wrongVersion(expected, store.lastRevision(stream)));
      return response;
    default:
      response.setSuccess(success(outcome.written.last[0] ?? -1, outcome.written.position));
      return response;
  }
}

function success(revision: number, at: number): AppendResp.Success {
  const made = new AppendResp.Success();
  const position = new AppendResp.Position();
  position.setCommitPosition(String(at));
  position.setPreparePosition(String(at));
  made.setCurrentRevision(String(revision));
  made.setPosition(position);
  return made;
}

function wrongVersion(expected: number, actual: number): AppendResp.WrongExpectedVersion {
  const made = new AppendResp.WrongExpectedVersion();
  if (expected === noStream) made.setExpectedNoStream(new Empty());
  else if (expected === streamExists) made.setExpectedStreamExists(new Empty());
  else if (expected === anyVersion) made.setExpectedAny(new Empty());
  else made.setExpectedRevision(String(expected));
  if (actual < 0) made.setCurrentNoStream(new Empty());
  else made.setCurrentRevision(String(actual));
  return made;
}

/** An append of which not everything has come yet. */
interface Pending {
  readonly stream: string;
  readonly expected: number;
  readonly events: Proposed[];
}

/** Streams.BatchAppend: many appends over one call, told apart by their correlation ids. Source: Streams.BatchAppend.cs. */
export function serveBatchAppend(store: StrictStore, behaviour: Behaviour) {
  return (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void => {
    const pending = new Map<string, Pending>();
    call.on('data', (request: BatchAppendReq) => {
      if (request.getIsFinal()) behaviour.calls.batchAppend++;
      if (behaviour.faults.ignoreAppends) return;
      const response = oneOfBatch(store, pending, request);
      if (response === undefined || behaviour.faults.swallowAnswers) return;
      response.setCorrelationId(request.getCorrelationId());
      call.write(response);
    });
    call.on('end', () => call.end());
    call.on('error', () => undefined);
  };
}

function oneOfBatch(
  store: StrictStore,
  pending: Map<string, Pending>,
  request: BatchAppendReq,
): BatchAppendResp | undefined {
  const correlation = request.getCorrelationId()?.getString() ?? '';
  const response = new BatchAppendResp();
  const options = request.getOptions();
  try {
    if (options !== undefined)
      pending.set(correlation, {
        stream: nameOf(options.getStreamIdentifier()),
        expected: expectedOfBatch(options),
        events: [],
      });
    const one = pending.get(correlation);
    if (one === undefined) return undefined;
    response.setStreamIdentifier(options?.getStreamIdentifier() ?? identifierOf(one.stream));
    one.events.push(...request.getProposedMessagesList().map(proposedOf));
    if (one.events.reduce((total, event) => total + sizeOnDisk(event), 0) > maxAppendBytes) {
      pending.delete(correlation);
      const exceeded = new MaximumAppendSizeExceeded();
      exceeded.setMaxappendsize(maxAppendBytes);
      response.setError(failed('MaximumAppendSizeExceeded', exceeded.serializeBinary()));
      return response;
    }
    if (!request.getIsFinal()) return undefined;
    pending.delete(correlation);
    return answered(store, one, response);
  } catch (error) {
    // Source: BatchAppendWorker.Receive: what is wrong with one append does not end the call.
    response.setError(failed('BadRequest', new Uint8Array(), error instanceof Error ? error.message : ''));
    return response;
  }
}

function answered(
  store: StrictStore,
  { stream, expected, events }: Pending,
  response: BatchAppendResp,
): BatchAppendResp {
  const outcome = write(store, stream, expected, events);
  if (outcome.result === 'deleted') {
    const deleted = new StreamDeleted();
    deleted.setStreamIdentifier(identifierOf(stream));
    response.setError(failed('StreamDeleted', deleted.serializeBinary()));
  } else if (outcome.result === 'conflict')
    response.setError(
      failed('WrongExpectedVersion', packedWrongVersion(expected, store.lastRevision(stream))),
    );
  else response.setSuccess(batchSuccess(outcome.written.last[0] ?? -1, outcome.written.position));
  return response;
}

function batchSuccess(revision: number, at: number): BatchAppendResp.Success {
  const made = new BatchAppendResp.Success();
  const position = new AllStreamPosition();
  position.setCommitPosition(String(at));
  position.setPreparePosition(String(at));
  made.setCurrentRevision(String(revision));
  made.setPosition(position);
  return made;
}

/** Source: Status.WrongExpectedVersion: packed within google.rpc.Status. */
function packedWrongVersion(expected: number, actual: number): Uint8Array {
  const made = new WrongExpectedVersion();
  if (expected === noStream) made.setExpectedNoStream(new GoogleEmpty());
  else if (expected === streamExists) made.setExpectedStreamExists(new GoogleEmpty());
  else if (expected === anyVersion) made.setExpectedAny(new GoogleEmpty());
  else made.setExpectedStreamPosition(String(expected));
  if (actual < 0) made.setCurrentNoStream(new GoogleEmpty());
  else made.setCurrentStreamRevision(String(actual));
  return made.serializeBinary();
}

function failed(name: string, bytes: Uint8Array, message = name): Status {
  const any = new Any();
  any.pack(bytes, `event_store.client.${name}`);
  const made = new Status();
  made.setMessage(message);
  made.setDetails(any);
  return made;
}

function identifierOf(stream: string): StreamIdentifier {
  const made = new StreamIdentifier();
  made.setStreamName(Buffer.from(stream).toString('base64'));
  return made;
}

/** Streams.Tombstone, and Streams.Delete, which the ledger never uses and others may. Source: Streams.Delete.cs. */
export function serveTombstone(store: StrictStore) {
  return (call: ServerUnaryCall<TombstoneReq, TombstoneResp>, answer: sendUnaryData<TombstoneResp>): void => {
    const options = call.request.getOptions();
    const stream = nameOf(options?.getStreamIdentifier());
    const expected = options?.hasRevision() === true ? Number(options.getRevision()) : anyVersion;
    const { error, position } = deleted(stream, store.tombstone(stream, expected));
    if (error !== undefined) return answer(error);
    const at = new TombstoneResp.Position();
    at.setCommitPosition(position);
    at.setPreparePosition(position);
    const response = new TombstoneResp();
    response.setPosition(at);
    answer(null, response);
  };
}

export function serveDelete(store: StrictStore) {
  return (call: ServerUnaryCall<DeleteReq, DeleteResp>, answer: sendUnaryData<DeleteResp>): void => {
    const options = call.request.getOptions();
    const stream = nameOf(options?.getStreamIdentifier());
    const expected = options?.hasRevision() === true ? Number(options.getRevision()) : anyVersion;
    const { error, position } = deleted(stream, store.softDelete(stream, expected));
    if (error !== undefined) return answer(error);
    const at = new DeleteResp.Position();
    at.setCommitPosition(position);
    at.setPreparePosition(position);
    const response = new DeleteResp();
    response.setPosition(at);
    answer(null, response);
  };
}

function deleted(
  stream: string,
  outcome: WriteOutcome,
): { readonly error: ServiceError | undefined; readonly position: string } {
  if ('written' in outcome) return { error: undefined, position: String(outcome.written.position) };
  const failure = 'failures' in outcome ? outcome.failures[0] : undefined;
  const error =
    failure === undefined ? refusals.streamDeleted(stream) : refusals.wrongExpectedVersion(failure);
  return { error, position: '' };
}
