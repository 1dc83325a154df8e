import type * as KafkaJs from 'kafkajs';

/** How a user and password are proved to a broker, as Kafka names it. */
export const signInMechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

/** How connections to a cluster are secured. */
export interface KafkaSecurity {
  /** Connections by TLS; undefined: in the open. */
  readonly tls?: {
    /** The authorities that brokers' certificates are trusted by, as PEM; those that this machine trusts, where left out. */
    readonly authorities?: string;
  };
  /** Who signs in to a broker, by SASL. */
  readonly signIn?: {
    readonly mechanism: (typeof signInMechanisms)[number];
    readonly user: string;
    readonly password: string;
  };
}

/** The same in the client's words. */
export function securedBy({ tls, signIn }: KafkaSecurity): Pick<KafkaJs.KafkaConfig, 'ssl' | 'sasl'> {
  return {
    ...(tls !== undefined && { ssl: tls.authorities === undefined ? true : { ca: [tls.authorities] } }),
    ...(signIn !== undefined && { sasl: saslOf(signIn) }),
  };
}

function saslOf({ mechanism, user, password }: NonNullable<KafkaSecurity['signIn']>): KafkaJs.SASLOptions {
  const who = { username: user, password };
  // The client's type has one member for each, and takes no union of names.
  switch (mechanism) {
    case 'plain':
      return { mechanism, ...who };
    case 'scram-sha-256':
      return { mechanism, ...who };
    case 'scram-sha-512':
      return { mechanism, ...who };
    default: {
      const never: never = mechanism;
      return never;
    }
  }
}
