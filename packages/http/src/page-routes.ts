import { Router, urlencoded, type Request, type Response } from 'express';
import type { Actor, Permission } from '@ledger/access';
import { permitted, type OnDenied } from './actor-of';
import { asProblem } from './error-mapping';
import type { FormTokens } from './form-tokens';
import { chosenFile, type ChosenFile } from './chosen-file';
import { problemOf, ProblemError, type Problem } from './problem';

/** The fields of a form or an address as they were sent: the first of each name, empty ones left out. */
export type Fields = Readonly<Record<string, string>>;

/** What a page answers with. */
export type PageAnswer =
  | { readonly view: string; readonly context: Readonly<Record<string, unknown>>; readonly status?: number }
  | { readonly redirect: string }
  | { readonly json: unknown; readonly filename: string }
  | { readonly workbook: Uint8Array; readonly filename: string };

export interface PageCall {
  readonly params: Fields;
  readonly query: Fields;
  readonly form: Fields;
  /** Of a page that takes a file: the one that was chosen. */
  readonly file: ChosenFile | undefined;
  readonly actor: Actor;
  readonly request: Request;
  readonly response: Response;
}

/** A page, declared once: what it is, who may see it, and what it shows. */
export interface Page {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly permission: Permission;
  /** Whether its form sends a file, in the field `file`. */
  readonly takesFile?: true;
  readonly show: (call: PageCall) => Promise<PageAnswer> | PageAnswer;
}

/** What every page shows around its own content, for the one who looks at it. */
export type Shell = (actor: Actor, request: Request) => Promise<Readonly<Record<string, unknown>>>;

export interface PageSurroundings {
  readonly render: (view: string, context: Readonly<Record<string, unknown>>) => string;
  readonly shell: Shell;
  readonly tokens: FormTokens;
  readonly denied: OnDenied;
}

function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, given]) => {
      const first: unknown = Array.isArray(given) ? given[0] : given;
      return typeof first === 'string' && first !== '' ? [[name, first]] : [];
    }),
  );
}

/** Where somebody who signs in is sent afterwards: only ever a page of this ledger. */
export function safeNext(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : '/';
}

/** On a page each thing that is wrong is said once; often the detail has it already. */
function saidOnce(problem: Problem): Problem {
  const { errors = [], ...rest } = problem;
  const further = errors.filter(({ message }) => !problem.detail.includes(message));
  return further.length === 0 ? rest : { ...rest, errors: further };
}

/** Express routes of pages: forms are read and their token checked, problems are shown as a page. */
export function pageRouterOf(pages: readonly Page[], around: PageSurroundings): Router {
  const router = Router();
  const readForm = urlencoded({ extended: false, limit: '1mb', parameterLimit: 5000 });
  for (const page of pages) {
    const path = page.path.replaceAll(/\{(\w+)\}/g, ':$1');
    const handle = async (request: Request, response: Response): Promise<void> => {
      try {
        const actor = permitted(request, page.permission, around.denied);
        const file = page.takesFile === true ? await chosenFile(request, response) : undefined;
        const form = fieldsOf(request.body);
        if (page.method === 'post') around.tokens.check(request, actor, form['form-token']);
        const params = fieldsOf(request.params);
        const query = fieldsOf(request.query);
        const answer = await page.show({ params, query, form, file, actor, request, response });
        await send(answer, actor, request, response);
      } catch (error) {
        await sendError(error, request, response);
      }
    };
    if (page.method === 'post') router.post(path, readForm, handle);
    else router.get(path, handle);
  }
  return router;

  async function send(answer: PageAnswer, actor: Actor, request: Request, response: Response): Promise<void> {
    if ('redirect' in answer) {
      response.redirect(303, answer.redirect);
      return;
    }
    if ('json' in answer) {
      response
        .type('application/json')
        .setHeader('Content-Disposition', `attachment; filename="${answer.filename}"`);
      response.send(JSON.stringify(answer.json, null, 2));
      return;
    }
    if ('workbook' in answer) {
      response
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .setHeader('Content-Disposition', `attachment; filename="${answer.filename}"`);
      response.send(Buffer.from(answer.workbook));
      return;
    }
    const token = around.tokens.tokenFor(request, response, actor);
    const shell = await around.shell(actor, request);
    response
      .status(answer.status ?? 200)
      .type('html')
      .send(around.render(answer.view, { ...shell, ...answer.context, formToken: token }));
  }

  async function sendError(error: unknown, request: Request, response: Response): Promise<void> {
    const problem = asProblem(error);
    if (problem === undefined) throw error;
    if (problem.code === 'NOT_SIGNED_IN' && request.method === 'GET') {
      response.redirect(303, `/sign-in?next=${encodeURIComponent(safeNext(request.originalUrl))}`);
      return;
    }
    const shell = await shellOrNone(request);
    for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value);
    response
      .status(problem.status)
      .type('html')
      .send(around.render('problem', { ...shell, problem: saidOnce(problemOf(problem)) }));
  }

  /** While the ledger gets ready there is nothing to show around a problem. */
  async function shellOrNone(request: Request): Promise<Readonly<Record<string, unknown>>> {
    try {
      return await around.shell(permitted(request, 'public', around.denied), request);
    } catch (error) {
      if (error instanceof ProblemError) return {};
      throw error;
    }
  }
}
