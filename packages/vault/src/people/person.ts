/** A person as the vault knows him or her. The log knows the id alone. */
export interface Person {
  readonly id: string;
  /** Null where a field was never given, or its retention period has passed. */
  readonly name: string | null;
  readonly email: string | null;
  /** Why nothing of this person may be erased or forgotten now, or null: a legal hold (E6). */
  readonly hold: string | null;
  /** When the person was added, UTC. */
  readonly added: string;
}

/** The fields that retention periods are given for. */
export type PersonField = 'name' | 'email';

export interface PersonDetails {
  readonly name: string;
  readonly email?: string | undefined;
}

/** Somebody a name may mean. */
export interface PersonMatch {
  readonly person: Person;
  /** `same`: every word of the name is the same. `doubtful`: it may be the same person; somebody must say. */
  readonly match: 'same' | 'doubtful';
}

/** Details that cannot be a person's. */
export class InvalidPersonError extends Error {
  readonly code = 'INVALID_PERSON';
  constructor(
    readonly path: 'name' | 'email',
    problem: string,
  ) {
    super(problem);
    this.name = 'InvalidPersonError';
  }
}

/** Another person has this address already; people are told apart by it when they sign in. */
export class EmailTakenError extends Error {
  readonly code = 'EMAIL_TAKEN';
  readonly path = 'email';
  constructor() {
    super('Another person in the vault has this e-mail address. Find that person, or give another address.');
    this.name = 'EmailTakenError';
  }
}

/** A person under a legal hold is not erased. */
export class HeldError extends Error {
  readonly code = 'LEGAL_HOLD';
  constructor(id: string) {
    super(`The person ${id} is under a legal hold; lift it first, and say why.`);
    this.name = 'HeldError';
  }
}

/** @throws InvalidPersonError */
export function checkedDetails({ name, email }: PersonDetails): { name: string; email: string | null } {
  const tidy = name.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
  if (tidy === '' || tidy.length > 200 || !/\p{L}/u.test(tidy))
    throw new InvalidPersonError('name', 'A name has 1 to 200 characters, letters among them.');
  const address = email?.trim() ?? '';
  if (address === '') return { name: tidy, email: null };
  if (address.length > 254 || !/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/u.test(address))
    throw new InvalidPersonError('email', 'An e-mail address looks like name@example.org.');
  return { name: tidy, email: address };
}

/** Addresses are compared without regard to case. */
export function foldedEmail(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}
