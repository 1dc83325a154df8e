import { DecisionRefused, type Fault } from '@ledger/domain';
import { lowerFirst, shownSent } from '@ledger/http';
import type { z } from 'zod';
import { numberFault } from './number-faults';

/** The path of a fault as people read it: `records[3].data.bodies[0].body`. */
function pathText(path: readonly PropertyKey[], prefix = ''): string {
  let text = prefix;
  for (const part of path)
    text += typeof part === 'number' ? `[${part}]` : text === '' ? String(part) : `.${String(part)}`;
  return text;
}

/** What a schema found, in sentences that say what to do. */
export function schemaFaults(error: z.ZodError, prefix = ''): Fault[] {
  return error.issues.flatMap((issue) => {
    const path = pathText(issue.path, prefix);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        code: 'unknown-field',
        path: pathText([key], path),
        message: `there is no field “${key.slice(0, 60)}” here; leave it out, or correct its name`,
      }));
    if (issue.code === 'invalid_type' && issue.input === undefined)
      return [{ code: 'missing', path, message: `is missing; give ${kindOf(issue.expected)}` }];
    if (issue.code === 'invalid_value')
      return [{ code: 'not-among', path, message: noneOf(issue.input, issue.values) }];
    if (issue.code === 'invalid_union' && 'options' in issue && issue.options !== undefined)
      return [{ code: 'not-among', path, message: noneOf(discriminatorIn(issue), issue.options) }];
    const message = numberFault(issue) ?? sentenceOf(issue);
    return [{ code: issue.code.replaceAll('_', '-'), path, message }];
  });
}

/** What was sent where only some words are taken, and which those are. */
function noneOf(sent: unknown, words: readonly z.core.util.Primitive[]): string {
  return `${sent === undefined ? 'is missing; it' : `“${shownSent(sent)}”`} must be one of: ${words.map(String).join(', ')}`;
}

/** What was sent in the field that says which of several schemas the rest follows. */
function discriminatorIn({ input, discriminator = '' }: z.core.$ZodIssueInvalidUnion): unknown {
  return typeof input === 'object' && input !== null ? Reflect.get(input, discriminator) : undefined;
}

/** A sentence of the schema's own, or one in the place of what its library says of bounds. */
function sentenceOf(issue: z.core.$ZodIssue): string {
  const { message } = issue;
  if (issue.code === 'too_small' && message.startsWith('Too small')) return tooLittle(issue);
  if (issue.code === 'too_big' && message.startsWith('Too big'))
    return `must be at most ${issue.maximum}${counted(issue.origin)}`;
  if (issue.code === 'invalid_type' && message.startsWith('Invalid input'))
    return `“${shownSent(issue.input)}” must be ${kindOf(issue.expected)}`;
  return lowerFirst(message);
}

function tooLittle({ minimum, origin }: z.core.$ZodIssueTooSmall): string {
  const things = counted(origin);
  return things !== '' && minimum === 1 ? 'must not be empty' : `must be at least ${minimum}${things}`;
}

/** What a schema expects, in words. */
const kinds: ReadonlyMap<string, string> = new Map([
  ['string', 'a text'],
  ['array', 'a list'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['object', 'an object, in braces'],
]);

function kindOf(expected: string): string {
  return kinds.get(expected) ?? `a ${expected}`;
}

function counted(origin: string): string {
  if (origin === 'array') return ' of them';
  return origin === 'string' ? ' characters' : '';
}

/** One fault as an error. */
export function refused(code: string, path: string, message: string): DecisionRefused {
  return new DecisionRefused([{ code, path, message }]);
}

/** Checks a request against its schema. @throws DecisionRefused */
export function parseRequest<S extends z.ZodType>(schema: S, request: unknown): z.infer<S> {
  const parsed = schema.safeParse(request, { reportInput: true });
  if (!parsed.success) throw new DecisionRefused(schemaFaults(parsed.error));
  return parsed.data;
}

/** Runs work whose refusals get a prefix to their paths, and collects them. */
export function collecting<T>(faults: Fault[], prefix: string, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DecisionRefused)) throw error;
    faults.push(
      ...error.faults.map((fault) => ({
        ...fault,
        path: fault.path === '' ? prefix : `${prefix}${fault.path}`,
      })),
    );
    return undefined;
  }
}
