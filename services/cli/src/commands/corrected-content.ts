import type { LedgerAccess } from '../access';
import { memberOf, rowsOf, text } from '../output';
import { readJson, UnreadableFileError } from '../read-items';
import { fieldsOf } from './setting';
import { readText } from './writing';

/** What a record should say, and the revision that this was found out from. */
interface Corrected {
  readonly content: { readonly type: unknown; readonly data: unknown };
  readonly ifMatch: string | undefined;
}

interface How {
  readonly set?: readonly string[];
  readonly event?: string;
  readonly ifMatch?: string;
}

/** The one content of a record that is meant. @throws UnreadableFileError */
function contentOf(record: unknown, { event }: How): Readonly<Record<string, unknown>> {
  const contents = rowsOf(record, 'contents').filter((one) => event === undefined || one['event'] === event);
  const [content] = contents;
  if (content === undefined)
    throw new UnreadableFileError(
      `--event ${event ?? ''}: the record has no such event; its page lists them.`,
    );
  if (contents.length > 1)
    throw new UnreadableFileError(
      `The record has ${contents.length} contents; say with --event which is corrected: ${contents.map((one) => text(one['event'])).join(', ')}.`,
    );
  return content;
}

/**
 * What a record should say: from a file whole, or as it says now with some fields set; then only if nobody changes it
 * meanwhile.
 * @throws UnreadableFileError, RefusedError
 */
export async function correctedContent(
  ledger: LedgerAccess,
  path: string,
  file: string | undefined,
  how: How,
): Promise<Corrected> {
  const { set = [], ifMatch } = how;
  if ((file === undefined) === (set.length === 0))
    throw new UnreadableFileError('Give a file with the whole content, or --set with each field to change.');
  if (file !== undefined) {
    const content = readJson(readText(file), file);
    return { content: { type: memberOf(content, 'type'), data: memberOf(content, 'data') }, ifMatch };
  }
  const record = await ledger.get(path);
  const { type, data } = contentOf(record, how);
  return {
    content: { type, data: { ...Object(data), ...fieldsOf(set) } },
    ifMatch: ifMatch ?? text(memberOf(record, 'revision')),
  };
}
