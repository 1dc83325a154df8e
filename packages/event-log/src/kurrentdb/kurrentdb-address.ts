import { EventLogError } from '../errors';

/** Where a ledger is in a KurrentDB: how to connect, and what the names of its streams begin with. */
export interface KurrentDbAddress {
  /** A connection string of the client. */
  readonly connection: string;
  readonly prefix: string;
}

const schemes = ['kurrentdb', 'kurrentdb+discover', 'kurrent', 'kurrent+discover', 'kdb', 'kdb+discover'];

/** The part of the address that is the ledger's own, not the client's. */
const prefixOption = 'prefix';

function invalid(problem: string): EventLogError {
  return new EventLogError(
    'LOG_REFUSED',
    `The address of the KurrentDB ${problem} Write it as kurrentdb://HOST:2113?tls=false, with prefix=NAME where the ledger is not called “ledger” in it.`,
  );
}

/**
 * An address as it is given, for example `kurrentdb://user:password@host:2113?tls=true&prefix=ledger`.
 * @throws EventLogError LOG_REFUSED
 */
export function parseKurrentDbAddress(given: string): KurrentDbAddress {
  const [base = '', query = ''] = given.trim().split('?', 2);
  const scheme = /^([a-z+]+):\/\/[^/]/.exec(base)?.[1] ?? '';
  if (!schemes.includes(scheme)) throw invalid('is not one.');
  const options = query.split('&').filter((option) => option !== '');
  const named = (name: string): string | undefined =>
    options
      .find((option) => option.split('=')[0]?.toLowerCase() === name.toLowerCase())
      ?.split('=')
      .slice(1)
      .join('=');
  // Told of a failed append by a wrong revision, nobody would know that it failed.
  if (named('throwOnAppendFailure') === 'false')
    throw invalid('says throwOnAppendFailure=false; take that out.');
  const prefix = named(prefixOption) ?? 'ledger';
  // A hyphen ends the category of a stream in KurrentDB, and a dot the prefix.
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(prefix))
    throw invalid('has a prefix that is not of lower-case letters, digits and underscores, 40 at most.');
  const passed = options.filter((option) => option.split('=')[0]?.toLowerCase() !== prefixOption);
  // Otherwise the first look at a cluster waits for the whole of the client's interval.
  if (named('discoveryInterval') === undefined) passed.push('discoveryInterval=1');
  return { connection: `${base}?${passed.join('&')}`, prefix };
}
