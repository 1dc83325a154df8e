import { BodyMatcher, existsOn, type Register } from '@ledger/councils';
import { dateInWords } from '@ledger/calendar';
import type { BodyKnowledge, Catalogue, OfferKnowledge } from '@ledger/domain';

/** Register and catalogue as they are known at the moment of a command. */
export interface Reference {
  readonly register: Register;
  readonly catalogue: Catalogue;
}

const matchers = new WeakMap<Register, BodyMatcher>();

/** The matcher of a register, made once. */
export function matcherOf(register: Register): BodyMatcher {
  const known = matchers.get(register) ?? new BodyMatcher(register);
  matchers.set(register, known);
  return known;
}

/** What the deciders ask of the register. */
export function bodyKnowledge(register: Register): BodyKnowledge {
  return {
    problemDuring: (id, { from, to }) => {
      const body = register.body(id);
      if (body === undefined) return `there is no body ${id} in the register; register it first`;
      if (existsOn(body, from) || existsOn(body, to)) return null;
      if (body.from !== null && body.from > to)
        return `${body.name} began on ${dateInWords(body.from)}, after this`;
      if (body.until !== null && body.until <= from) {
        const names = register.successors(id).flatMap(({ body: next }) => register.body(next)?.name ?? []);
        const successors = names.length === 0 ? '' : `; its successor is ${names.join(' and ')}`;
        return `${body.name} ended on ${dateInWords(body.until)}${successors}`;
      }
      return null;
    },
  };
}

/** What the deciders ask of the catalogue. */
export function offerKnowledge(catalogue: Catalogue): OfferKnowledge {
  return {
    offer: (id) => catalogue.offers.get(id),
    savingsArea: (id) => catalogue.savingsAreas.has(id),
  };
}
