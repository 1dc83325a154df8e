import { dateInWords } from '@ledger/calendar';
import { existsOn, type Body } from './body';
import { editDistance } from './edit-distance';
import type { Register } from './register';

/** A body found, or why not and what it may have meant. */
export type Resolution =
  | { readonly found: true; readonly bodyId: string }
  | {
      readonly found: false;
      readonly problem: string;
      readonly nearest: readonly { readonly bodyId: string; readonly name: string }[];
      /** True where it may be any of the nearest: somebody must say which. */
      readonly ambiguous?: true;
    };

const weak = new Set([
  'council',
  'borough',
  'city',
  'county',
  'district',
  'metropolitan',
  'london',
  'royal',
  'of',
  'the',
  'and',
  'corporation',
  // As people shorten them. None is a word of a name.
  'lb',
  'rb',
  'mbc',
  'bc',
  'dc',
  'cc',
]);

function words(text: string): string[] {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replaceAll(/['’.]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** A name without what people leave out or add: "London Borough of Brent" and "Brent Council" are both "brent". */
function bare(text: string): string {
  const strong = words(text).filter((word) => !weak.has(word));
  return strong.length > 0 ? strong.join(' ') : words(text).join(' ');
}

function namesOf(body: Body): string[] {
  return [body.name, ...body.otherNames, ...body.renamed.map(({ value }) => value.name)];
}

/** Matches texts to bodies of one register. Made once, asked often. */
export class BodyMatcher {
  readonly #byCode = new Map<string, Body[]>();
  readonly #byName = new Map<string, Body[]>();
  readonly #byBareName = new Map<string, Body[]>();

  constructor(readonly register: Register) {
    const add = (index: Map<string, Body[]>, key: string, body: Body): void => {
      const known = index.get(key) ?? [];
      index.set(key, known);
      if (!known.includes(body)) known.push(body);
    };
    for (const body of register.bodies()) {
      // A slug of a web address reads like a name, and is matched as one.
      for (const { system, code } of body.codes)
        if (system !== 'gov-uk-slug') add(this.#byCode, code.toLowerCase(), body);
      for (const name of namesOf(body)) {
        add(this.#byName, words(name).join(' '), body);
        add(this.#byBareName, bare(name), body);
      }
    }
  }

  /**
   * The body that a name, old name, code or id means on a date (F2). A misspelling or a name of several bodies is
   * never guessed: the answer says so, with the nearest right ones.
   */
  resolve(text: string, date: string): Resolution {
    const trimmed = text.trim();
    const byId = this.register.body(trimmed);
    if (byId !== undefined) return this.#one([byId], trimmed, date);
    const exact =
      this.#byCode.get(trimmed.toLowerCase()) ??
      this.#byName.get(words(trimmed).join(' ')) ??
      this.#byBareName.get(bare(trimmed));
    if (exact === undefined) return this.#unknown(trimmed, date);
    // The full name may be one body's and the bare name another's: the one that exists on the day is meant.
    const alive = exact.filter((body) => existsOn(body, date));
    if (alive.length === 0) {
      const others = (this.#byBareName.get(bare(trimmed)) ?? []).filter((body) => existsOn(body, date));
      if (others.length === 1 && this.#byCode.get(trimmed.toLowerCase()) === undefined)
        return this.#one(others, trimmed, date);
    }
    return this.#one(exact, trimmed, date);
  }

  /** Bodies of a date whose names have words that begin with those typed so far, or whose code begins so. */
  suggest(
    text: string,
    date: string,
    limit: number,
  ): readonly { readonly bodyId: string; readonly name: string }[] {
    const typed = words(text);
    if (typed.length === 0) return [];
    const fits = (name: string): boolean => {
      const own = words(name);
      return typed.every((word) => own.some((other) => other.startsWith(word)));
    };
    const found: Body[] = [];
    for (const body of this.register.bodies())
      if (
        existsOn(body, date) &&
        (namesOf(body).some(fits) ||
          body.codes.some(({ code }) => code.toLowerCase().startsWith(text.trim().toLowerCase())))
      )
        found.push(body);
    const begins = (body: Body): number => Number(!bare(body.name).startsWith(bare(text)));
    return found
      .sort((a, b) => begins(a) - begins(b) || (a.name < b.name ? -1 : 1))
      .slice(0, limit)
      .map(named);
  }

  #one(bodies: readonly Body[], text: string, date: string): Resolution {
    const alive = bodies.filter((body) => existsOn(body, date));
    const [only, ...others] = alive;
    if (only !== undefined && others.length === 0) return { found: true, bodyId: only.id };
    if (only !== undefined)
      return {
        found: false,
        problem: `“${text}” may be any of: ${alive.map(({ name }) => name).join(', ')}; write the one that is meant`,
        nearest: alive.map(named),
        ambiguous: true,
      };
    return this.#ended(bodies, text, date);
  }

  /** Known, but not on that day: says when it was, and who followed. */
  #ended(bodies: readonly Body[], text: string, date: string): Resolution {
    const [body] = bodies;
    if (body === undefined) return this.#unknown(text, date);
    const label = text === body.name ? body.name : `${text} (${body.name})`;
    if (body.from !== null && date < body.from)
      return {
        found: false,
        problem: `${label} began on ${dateInWords(body.from)}, after ${dateInWords(date)}`,
        nearest: this.register.predecessors(body.id).flatMap(({ body: id }) => this.#named(id)),
      };
    const nearest = this.register.successors(body.id).flatMap(({ body: id }) => this.#named(id));
    const successors = nearest.map(({ name }) => name).join(' and ');
    return {
      found: false,
      problem:
        `${label} ended on ${dateInWords(body.until ?? date)}` +
        (successors === '' ? '' : `; its successor is ${successors}`),
      nearest,
    };
  }

  #named(id: string): { bodyId: string; name: string }[] {
    const body = this.register.body(id);
    return body === undefined ? [] : [named(body)];
  }

  #unknown(text: string, date: string): Resolution {
    const wanted = bare(text);
    const limit = Math.max(2, Math.floor(wanted.length / 4));
    const within: { readonly body: Body; readonly steps: number }[] = [];
    for (const [name, bodies] of this.#byBareName) {
      const steps = name.startsWith(wanted) && wanted.length >= 4 ? 1 : editDistance(wanted, name, limit);
      if (steps > limit) continue;
      for (const body of bodies) within.push({ body, steps: steps + (existsOn(body, date) ? 0 : 1) });
    }
    const near = within
      .sort((a, b) => a.steps - b.steps || (a.body.name < b.body.name ? -1 : 1))
      .slice(0, 3)
      .map(({ body }) => named(body));
    const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
    return {
      found: false,
      problem:
        `“${shown}” is no body of the register` +
        (near.length === 0
          ? '; give its name or its GSS code'
          : `; did you mean ${near.map(({ name }) => name).join(', ')}?`),
      nearest: near,
    };
  }
}

function named({ id, name }: Body): { bodyId: string; name: string } {
  return { bodyId: id, name };
}
