import { Id } from '@ledger/events';
import { ProblemError, type Fields } from '@ledger/http';
import { EmailTakenError, HeldError, InvalidPersonError, UnknownPersonError } from '@ledger/vault';

/** What went wrong, for the summary of a form; what is not for the page is thrown on. */
export function errorsOf(
  error: unknown,
): readonly { readonly text: string; readonly field: string | null }[] {
  if (error instanceof InvalidPersonError || error instanceof EmailTakenError)
    return [{ text: error.message, field: error.path }];
  if (error instanceof ProblemError) return [{ text: error.detail, field: error.errors[0]?.path ?? null }];
  if (error instanceof HeldError) return [{ text: error.message, field: null }];
  throw error;
}

/** The id in an address. @throws UnknownPersonError */
export function idOf(params: Fields): string {
  const id = Id.safeParse(params['id']);
  if (!id.success) throw new UnknownPersonError(params['id']?.slice(0, 60) ?? '');
  return id.data;
}
