import { asBrokerError } from './errors';

/* What the client says, in its words; against a broker that refuses, see test/kafka/security.kafka.ts. */
function codeOf(message: string): unknown {
  const said = Object.assign(new Error(message), { name: 'KafkaJSSASLAuthenticationError' });
  return (asBrokerError(said, 'publishing') as { readonly code?: unknown }).code;
}

test.each([
  'SASL SCRAM SHA512 authentication failed: Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-512',
  'SASL PLAIN authentication failed: Authentication failed: Invalid username or password',
  'SASL SCRAM SHA256 authentication failed: Invalid server signature in server final message',
  'SASL SCRAM-SHA-512 mechanism is not supported by the server',
])('who is not let in is refused: %s', (message) => expect(codeOf(message)).toBe('BROKER_REFUSED'));

test.each([
  'SASL SCRAM SHA512 authentication failed: Closed connection',
  'SASL PLAIN authentication failed: Connection closed by the server',
  'SASL PLAIN authentication failed: Connection error: read ECONNRESET',
  'SASL SCRAM SHA512 authentication failed: Request SaslAuthenticate(key: 36, version: 1) timed out',
])('a broker that goes away while somebody signs in is away, and no refusal: %s', (message) =>
  expect(codeOf(message)).toBe('BROKER_UNAVAILABLE'),
);
