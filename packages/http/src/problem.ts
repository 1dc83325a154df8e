import type { Response } from 'express';
import { sendInPieces } from './json-pieces';

/** What one thing wrong is called, where it is and what to do. */
export interface ProblemFault {
  readonly code?: string;
  readonly path: string;
  readonly message: string;
}

/** RFC 9457 problem details. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** A plain sentence: what was wrong and what to do. */
  readonly detail: string;
  readonly code: string;
  readonly errors?: readonly ProblemFault[];
  /** By which the log of the server can be searched; only for faults of the server. */
  readonly correlationId?: string;
}

/** A request that is answered with a problem. */
export class ProblemError extends Error {
  readonly errors: readonly ProblemFault[];
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    options: {
      readonly errors?: readonly ProblemFault[];
      readonly headers?: Readonly<Record<string, string>>;
      /** Further members of the problem (RFC 9457 section 3.2). */
      readonly members?: Readonly<Record<string, unknown>>;
    } = {},
  ) {
    super(detail);
    this.name = 'ProblemError';
    this.errors = options.errors ?? [];
    this.headers = options.headers ?? {};
    this.members = options.members ?? {};
  }
  readonly members: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
}

const titles: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'There is nothing here',
  405: 'Not by this method',
  409: 'In conflict with what is recorded',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Not in this format',
  422: 'Refused by a rule',
  429: 'Too many attempts',
  500: 'Something went wrong here',
  503: 'Not ready',
};

export function problemOf(error: ProblemError): Problem {
  return {
    ...error.members,
    type: `urn:programme-activity-ledger:problem:${error.code.toLowerCase().replaceAll('_', '-')}`,
    title: titles[error.status] ?? 'The request failed',
    status: error.status,
    detail: error.detail,
    code: error.code,
    ...(error.errors.length > 0 && { errors: error.errors }),
  };
}

export function sendProblem(response: Response, error: ProblemError, correlationId?: string): void {
  for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
  sendInPieces(response.status(error.status).type('application/problem+json'), {
    ...problemOf(error),
    ...(correlationId !== undefined && { correlationId }),
  });
}
