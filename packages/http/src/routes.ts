import { raw, Router, type Request, type Response } from 'express';
import type { Actor, Permission } from '@ledger/access';
import { z } from 'zod';
import { permitted, type OnDenied } from './actor-of';
import { chosenFile } from './chosen-file';
import { sendInPieces } from './json-pieces';
import { readParameters } from './parameter-faults';
import { ProblemError } from './problem';

type Schema = z.ZodType;

/** The largest file that is taken. */
const largestFile = '40mb';

/** One route, declared once: Express route and OpenAPI document are both made from it. */
export interface Route<P extends Schema = Schema, Q extends Schema = Schema, B extends Schema = Schema> {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** With parameters in braces: `/api/figures/{id}`. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly tag: string;
  /** What the one who calls it must be granted; there is no route without it. */
  readonly permission: Permission;
  readonly params?: P;
  readonly query?: Q;
  /** Present where the route takes a JSON body. */
  readonly body?: B;
  /** Whether the body is the bytes of a file. */
  readonly file?: boolean;
  /** Of a route that takes a file: the field of a form beside `file` in which JSON may come with it. */
  readonly besideFile?: { readonly field: string; readonly schema: Schema };
  /** Whether a command: takes an Idempotency-Key. */
  readonly command?: boolean;
  readonly answers: string;
  readonly handle: (call: {
    readonly params: z.infer<P>;
    readonly query: z.infer<Q>;
    readonly body: z.infer<B>;
    /** Of a route that takes a file: its bytes; else none. */
    readonly file: Uint8Array;
    /** What came with the file as JSON, not checked yet; undefined where nothing did. */
    readonly beside: unknown;
    readonly actor: Actor;
    readonly request: Request;
    readonly response: Response;
  }) => Promise<void> | void;
}

/** Keeps the types of a route's schemas for its handler. */
export function route<P extends Schema, Q extends Schema, B extends Schema>(declared: Route<P, Q, B>): Route {
  // The schemas check what the handler is given, so a route of any schemas is a route.
  return declared;
}

/** Of a route that takes none. */
const noParameters = z.strictObject({});

function check(schema: Schema | undefined, sent: Readonly<Record<string, unknown>>, where: string): unknown {
  const read = readParameters(schema ?? noParameters, sent);
  if ('data' in read) return read.data;
  const detail = read.faults.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new ProblemError(400, 'INVALID_REQUEST', `The ${where} is not as it should be: ${detail}.`, {
    errors: read.faults,
  });
}

/** A body is a JSON object, said by its content type; what is in it is checked by the command. */
function jsonBody(request: Request): unknown {
  if (request.is('application/json') === false)
    throw new ProblemError(415, 'NOT_JSON', 'Send JSON, with the header Content-Type: application/json.');
  const body: unknown = request.body;
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new ProblemError(400, 'NOT_AN_OBJECT', 'The body must be a JSON object, in braces.');
  return body;
}

/** Files are read after it is known who sends them. */
const readFile = raw({ type: () => true, limit: largestFile });
const noBytes = new Uint8Array();

/** A file, and what came with it: as a form, or its bytes alone. */
interface SentFile {
  readonly file: Uint8Array;
  readonly beside: unknown;
}

/** A form with a file, and JSON in another field of it. */
async function fileOfForm(request: Request, response: Response, field: string): Promise<SentFile> {
  const chosen = await chosenFile(request, response, 'program');
  if (chosen === undefined)
    throw new ProblemError(400, 'NO_FILE', 'The form holds no file; send it in the field “file”.');
  const fields: unknown = request.body;
  const sent: unknown =
    typeof fields === 'object' && fields !== null ? Reflect.get(fields, field) : undefined;
  if (typeof sent !== 'string') return { file: chosen.bytes, beside: undefined };
  try {
    return { file: chosen.bytes, beside: JSON.parse(sent) };
  } catch {
    throw new ProblemError(400, 'INVALID_JSON', `The field “${field}” of the form is no JSON.`);
  }
}

async function sentFile(request: Request, response: Response, field: string | undefined): Promise<SentFile> {
  if (field !== undefined && request.is('multipart/form-data') !== false)
    return fileOfForm(request, response, field);
  return { file: await fileOf(request, response), beside: undefined };
}

async function fileOf(request: Request, response: Response): Promise<Uint8Array> {
  await new Promise<void>((resolve, reject) => {
    // Express gives an error to the function that goes on.
    readFile(request, response, (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(error instanceof Error ? error : new Error('The file could not be read', { cause: error }));
    });
  });
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body))
    throw new ProblemError(
      415,
      'NO_FILE',
      'Send the bytes of a file, with the header Content-Type: application/octet-stream.',
    );
  return body;
}

/** Express routes, each behind its permission; a known path by another method answers 405. */
export function routerOf(routes: readonly Route[], denied: OnDenied): Router {
  const router = Router();
  const methods = new Map<string, Set<string>>();
  for (const declared of routes) {
    const path = declared.path.replaceAll(/\{(\w+)\}/g, ':$1');
    methods.set(path, (methods.get(path) ?? new Set()).add(declared.method.toUpperCase()));
    router[declared.method](path, async (request, response) => {
      const actor = permitted(request, declared.permission, denied);
      const params = check(declared.params, { ...request.params }, 'address');
      const query = check(declared.query, { ...request.query }, 'query');
      const body = declared.body === undefined ? undefined : jsonBody(request);
      const { file, beside } =
        declared.file === true
          ? await sentFile(request, response, declared.besideFile?.field)
          : { file: noBytes, beside: undefined };
      await declared.handle({ params, query, body, file, beside, actor, request, response });
    });
  }
  for (const [path, allowed] of methods)
    router.all(path, (request) => {
      const allow = [...allowed].join(', ');
      throw new ProblemError(
        405,
        'METHOD_NOT_ALLOWED',
        `${request.method} is not possible here; use ${allow}.`,
        {
          headers: { Allow: allow },
        },
      );
    });
  return router;
}

/** Sends an answer as JSON. */
export function sendJson(response: Response, answer: unknown, status = 200): void {
  sendInPieces(response.status(status).type('application/json'), answer);
}
