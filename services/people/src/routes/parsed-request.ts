import { Id } from '@ledger/events';
import { ProblemError } from '@ledger/http';
import { z } from 'zod';

/** The parameters of an address that names one person or user. */
export const OnePerson = z.strictObject({ id: Id });

/** The body of a request, checked. @throws ProblemError naming each field at fault */
export function parsedBody<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message, code }) => ({
    path: path.join('.'),
    message: code === 'invalid_type' ? 'is missing or of another type' : message,
  }));
  throw new ProblemError(422, 'REFUSED', 'The request is not as it should be; nothing was changed.', {
    errors,
  });
}
