import { StringDecoder } from 'node:string_decoder';
import { parser as saxParser } from 'sax';
import { UnreadableWorkbookError } from '../unreadable';

/*
 * sax reads XML piece by piece, holds no piece longer than 64 KiB, and has no advisory of its own. Those of other parsers are
 * about entities that a document declares; sax bounds them, and here a document that declares anything is refused.
 */

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
 * Reads XML as it comes, without building a tree. A document type, which could define entities that grow without
 * end, is refused: no spreadsheet program writes one.
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
  // sax tells of what it finds by these functions, and has no listeners.
  Object.assign(parser, {
    onerror: () => fail(broken(part)),
    ondoctype: () => fail(broken(part)),
    onopentag: ({ name, attributes }: { readonly name: string; readonly attributes: Attributes }) => {
      if (failed === undefined) open(local(name), attributes);
    },
    ...(close !== undefined && { onclosetag: (name: string) => close(local(name)) }),
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
