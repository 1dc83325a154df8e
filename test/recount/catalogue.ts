import type { ExportedEvent } from './exported-event';
import { asObject, textAt, textOrNull, type JsonObject, objectAt } from './json';

export interface Offer {
  programme: string;
  savingsArea: string | null;
  readonly peerChallenge: boolean;
}

export interface Measure {
  /** A flow is of a span of time; a stock is a level on its last day. */
  readonly stock: boolean;
  readonly rule: string;
  readonly parameters: JsonObject;
}

/** Offers and measures as the last event about each says. */
export interface Catalogue {
  readonly offers: ReadonlyMap<string, Offer>;
  readonly measures: ReadonlyMap<string, Measure>;
}

/** Reads offers and measures. Events come in the order of their positions. */
export function catalogueOf(events: readonly ExportedEvent[]): Catalogue {
  const offers = new Map<string, Offer>();
  const measures = new Map<string, Measure>();
  for (const { type, stream, id, data: content } of events) {
    if (type !== 'OfferDeclared' && type !== 'OfferMoved' && type !== 'MeasureDeclared') continue;
    const data = asObject(content, `The data of ${id}`);
    const slug = stream.slice(stream.indexOf('-') + 1);
    if (type === 'MeasureDeclared')
      measures.set(slug, {
        stock: data['kind'] === 'stock',
        rule: textAt(data, 'rule'),
        parameters: objectAt(data, 'parameters'),
      });
    else if (type === 'OfferDeclared')
      offers.set(slug, {
        programme: textAt(data, 'programme'),
        savingsArea: textOrNull(data, 'savingsArea'),
        peerChallenge: data['peerChallenge'] === true,
      });
    else {
      const offer = offers.get(slug);
      if (offer === undefined) continue;
      offer.programme = textAt(data, 'programme');
      offer.savingsArea = textOrNull(data, 'savingsArea');
    }
  }
  return { offers, measures };
}
