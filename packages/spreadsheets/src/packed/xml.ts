import { StringDecoder } from 'node:string_decoder';
import { parser as saxParser } from 'sax';
import { UnreadableWorkbookError } from '../unreadable';

/*
 * sax reads XML piece by piece, holds no piece longer than 64 KiB, and has no advisory of its own. Those of other parsers are
 * about entities that a document declares; sax bounds them, and here a document that declares anything is refused.
 */

/** How deep elements stand in one another, and how many attributes one has, in no file of a spreadsheet program. */
const deepest = 256;
const mostAttributes = 1000;

export type Attributes = Readonly<Record<string, string>>;

/** What is done at each element; names come without their prefix. */
export interface XmlHandlers {
  readonly open: (name: string, attributes: Attributes) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

function broken(part: string): UnreadableWorkbookError {
  return new UnreadableWorkbookError(
    `The workbook’s part ${part} is no XML that can be read. Open the file and save it anew.`,
  );
}

/**
 * Reads XML as it comes, without building a tree. What the parser would have to hold without end is refused, since no
 * spreadsheet program writes it: a document type, which could define entities that grow, and elements that stand too deep
 * or have too many attributes.
 * @throws UnreadableWorkbookError
 */
export async function readXml(
  part: string,
  chunks: AsyncIterable<Buffer>,
  { open, close, text }: XmlHandlers,
): Promise<void> {
  const parser = saxParser(true, { trim: false, normalize: false });
  let failed: Error | undefined;
  const fail = (error: Error): void => {
    failed ??= error;
  };
  let depth = 0;
  let attributeCount = 0;
  // sax tells of what it finds by these functions, and has no listeners.
  Object.assign(parser, {
    onerror: () => fail(broken(part)),
    ondoctype: () => fail(broken(part)),
    onattribute: () => {
      attributeCount += 1;
      if (attributeCount > mostAttributes) fail(broken(part));
    },
    onopentag: ({ name, attributes }: { readonly name: string; readonly attributes: Attributes }) => {
      attributeCount = 0;
      depth += 1;
      if (depth > deepest) fail(broken(part));
      if (failed === undefined) open(local(name), attributes);
    },
    onclosetag: (name: string) => {
      depth -= 1;
      close?.(local(name));
    },
    ...(text !== undefined && { ontext: text, oncdata: text }),
  });
  const decoder = new StringDecoder('utf8');
  try {
    for await (const chunk of chunks) {
      parser.write(decoder.write(chunk));
      if (failed !== undefined) throw failed;
    }
    parser.write(decoder.end()).close();
  } catch (error) {
    throw error instanceof UnreadableWorkbookError ? error : broken(part);
  }
  if (failed !== undefined) throw failed;
}
