import { BrokerError } from '../errors';

/** What trying again does not mend: the broker has understood, and does not let us, or cannot. */
const refusals: ReadonlySet<string> = new Set([
  'CLUSTER_AUTHORIZATION_FAILED',
  'GROUP_AUTHORIZATION_FAILED',
  'TOPIC_AUTHORIZATION_FAILED',
  'SASL_AUTHENTICATION_FAILED',
  // So the client calls it, which has no code for it.
  'KafkaJSSASLAuthenticationError',
  'UNSUPPORTED_SASL_MECHANISM',
  'UNSUPPORTED_VERSION',
  'INVALID_CONFIG',
  'INVALID_PARTITIONS',
  'INVALID_REPLICATION_FACTOR',
  'INVALID_TOPIC_EXCEPTION',
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'POLICY_VIOLATION',
]);

/** What an error is called by the client or the broker, and what it was caused by; the outermost first. */
export function* within(error: unknown): Generator<{ readonly type: string; readonly message: string }> {
  if (!(error instanceof Error)) return;
  yield { type: 'type' in error ? String(error.type) : error.name, message: error.message };
  // Of several topics or brokers each may have its own.
  if ('errors' in error && Array.isArray(error.errors)) for (const one of error.errors) yield* within(one);
  if (error.cause !== error) yield* within(error.cause);
}

/**
 * What the client says of a connection that was lost while it signed in. It calls that, too, a sign-in that failed, and
 * tells it in the same words as it does anywhere else.
 */
const lostInSigningIn =
  / failed: (?:Closed connection|Connection (?:error|timeout|closed)|Failed to connect|Not connected|Request .+ timed out)/;

function isRefusal({ type, message }: { readonly type: string; readonly message: string }): boolean {
  return refusals.has(type) && !lostInSigningIn.test(message);
}

/**
 * An error of the client as one of the port: refused where trying again cannot help, otherwise the broker is away, also
 * where it has lost what it knew of a writer. What does not come from the client is left as it is.
 */
export function asBrokerError(error: unknown, doing: string): unknown {
  if (error instanceof BrokerError || !(error instanceof Error) || !error.name.startsWith('KafkaJS'))
    return error;
  const refusal = [...within(error)].find(isRefusal);
  if (refusal !== undefined)
    return new BrokerError('BROKER_REFUSED', `Kafka refuses ${doing}: ${refusal.message}`, { cause: error });
  return new BrokerError('BROKER_UNAVAILABLE', `Kafka does not take part in ${doing}: ${error.message}`, {
    cause: error,
  });
}

/** @throws BrokerError in the place of the client's own errors */
export async function brokered<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asBrokerError(error, doing);
  }
}
