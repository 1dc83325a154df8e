import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { Status } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb';
import {
  AppendConsistencyViolationErrorDetails,
  AppendRecordSizeExceededErrorDetails,
  AppendTransactionSizeExceededErrorDetails,
  ConsistencyViolation,
  StreamAlreadyInAppendSessionErrorDetails,
  StreamRevisionConflictErrorDetails,
  StreamTombstonedErrorDetails,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v2/streams/errors_pb';
import type { Failure } from './strict-store';

/** An error as it goes over the wire. */
function refusal(
  code: status,
  details: string,
  entries: Readonly<Record<string, string>> = {},
): ServiceError {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(entries)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

/** Errors of the first interface carry their sort and its particulars as headers. Source: RpcExceptions, Constants.Exceptions. */
export const refusals = {
  missingProperty: (name: string): ServiceError =>
    refusal(status.INVALID_ARGUMENT, `Required Metadata Property '${name}' is missing`, {
      exception: 'missing-required-metadata-property',
      'required-metadata-properties': name,
    }),
  appendTooLarge: (limit: number): ServiceError =>
    refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
      exception: 'maximum-append-size-exceeded',
      'maximum-append-size': String(limit),
    }),
  streamDeleted: (stream: string): ServiceError =>
    refusal(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
      exception: 'stream-deleted',
      'stream-name': stream,
    }),
  wrongExpectedVersion: ({ stream, expected, actual }: Failure): ServiceError =>
    refusal(status.FAILED_PRECONDITION, 'Wrong expected version', {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': String(expected),
      'actual-version': String(actual),
    }),
  invalid: (what: string): ServiceError => refusal(status.INVALID_ARGUMENT, what),
  unavailable: (): ServiceError => refusal(status.UNAVAILABLE, 'Server is shutting down.'),
  unimplemented: (): ServiceError => refusal(status.UNIMPLEMENTED, 'Method is unimplemented.'),
};

/** An error of the second interface: a packed message in `grpc-status-details-bin`. Source: RpcExceptions.FromError. */
function detailed(code: status, text: string, name: string, bytes: Uint8Array): ServiceError {
  const any = new Any();
  any.pack(bytes, `kurrentdb.protocol.v2.streams.errors.${name}`);
  const wire = new Status();
  wire.setCode(code as number);
  wire.setMessage(text);
  wire.setDetails(any);
  const error = refusal(code, text);
  error.metadata.set('grpc-status-details-bin', Buffer.from(wire.serializeBinary()));
  return error;
}

/** Source: ApiErrors of KurrentDB.Api.V2. */
export const sessionRefusals = {
  revisionConflict: ({ stream, expected, actual }: Failure): ServiceError => {
    const details = new StreamRevisionConflictErrorDetails();
    details.setStream(stream);
    details.setExpectedRevision(String(expected));
    details.setActualRevision(String(actual));
    return detailed(
      status.FAILED_PRECONDITION,
      `Append failed due to a revision conflict on stream '${stream}'.`,
      'StreamRevisionConflictErrorDetails',
      details.serializeBinary(),
    );
  },
  tombstoned: (stream: string): ServiceError => {
    const details = new StreamTombstonedErrorDetails();
    details.setStream(stream);
    return detailed(
      status.FAILED_PRECONDITION,
      `Stream '${stream}' has been tombstoned.`,
      'StreamTombstonedErrorDetails',
      details.serializeBinary(),
    );
  },
  twice: (stream: string): ServiceError => {
    const details = new StreamAlreadyInAppendSessionErrorDetails();
    details.setStream(stream);
    return detailed(
      status.ABORTED,
      `Stream '${stream}' is already in this session.`,
      'StreamAlreadyInAppendSessionErrorDetails',
      details.serializeBinary(),
    );
  },
  recordTooLarge: (stream: string, id: string, size: number, limit: number): ServiceError => {
    const details = new AppendRecordSizeExceededErrorDetails();
    details.setStream(stream);
    details.setRecordId(id);
    details.setSize(size);
    details.setMaxSize(limit);
    return detailed(
      status.INVALID_ARGUMENT,
      `The record ${id} is too large.`,
      'AppendRecordSizeExceededErrorDetails',
      details.serializeBinary(),
    );
  },
  transactionTooLarge: (size: number, limit: number): ServiceError => {
    const details = new AppendTransactionSizeExceededErrorDetails();
    details.setSize(size);
    details.setMaxSize(limit);
    return detailed(
      status.ABORTED,
      `The append of ${size} bytes is larger than ${limit}.`,
      'AppendTransactionSizeExceededErrorDetails',
      details.serializeBinary(),
    );
  },
  violations: (failures: readonly Failure[]): ServiceError => {
    const details = new AppendConsistencyViolationErrorDetails();
    for (const [at, { stream, expected, actual }] of failures.entries()) {
      const violation = new ConsistencyViolation();
      const state = new ConsistencyViolation.StreamStateViolation();
      state.setStream(stream);
      state.setExpectedState(String(expected));
      state.setActualState(String(actual));
      violation.setCheckIndex(at);
      violation.setStreamState(state);
      details.addViolations(violation);
    }
    return detailed(
      status.FAILED_PRECONDITION,
      'Append failed due to consistency violations.',
      'AppendConsistencyViolationErrorDetails',
      details.serializeBinary(),
    );
  },
};
