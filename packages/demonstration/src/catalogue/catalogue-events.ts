import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { initialMeasures, type DecidedEvent } from '@ledger/domain';
import { eventDefinitions, type EventType } from '@ledger/events';

/** A declaration of the catalogue: the slug it is about, and the event. */
export interface CatalogueEntry {
  readonly stream: string;
  readonly event: DecidedEvent;
}

const file = join(__dirname, '..', '..', 'data', 'catalogue.csv');

/** Splits a line of the file: cells hold no line breaks, and quotes only where a cell holds a comma. */
function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  );
}

function entry(
  kind: string,
  id: string,
  type: EventType,
  data: Readonly<Record<string, unknown>>,
): CatalogueEntry {
  const checked = eventDefinitions[type].data.parse(data);
  // The schema of the type has just accepted the data.
  return { stream: `${kind}-${id}`, event: { type, data: checked } as DecidedEvent };
}

function rows(): string[][] {
  return readFileSync(file, 'utf8').trim().split('\n').slice(1).map(cells);
}

/** The offers that the two reports of 2019/20 tell of: their labels by their ids. */
export function offersOf201920(): ReadonlyMap<string, string> {
  const found = rows().filter(
    ([kind, , , , , , foundIn = '']) => kind === 'offer' && foundIn.split(' ').includes('2019/20'),
  );
  return new Map(found.map(([, id = '', label = '']) => [id, label]));
}

/** Themes, programmes, savings areas and offers found in the five reports, and the measures of every new ledger. */
export function catalogueEntries(): readonly CatalogueEntry[] {
  const declared = rows().map(([kind = '', id = '', label = '', parent = '', area = '', flags = '']) => {
    switch (kind) {
      case 'theme':
        return entry(kind, id, 'ThemeDeclared', { label });
      case 'programme':
        return entry(kind, id, 'ProgrammeDeclared', { label, theme: parent });
      case 'savings-area':
        return entry(kind, id, 'SavingsAreaDeclared', { label, order: Number(parent) });
      default:
        return entry(kind, id, 'OfferDeclared', {
          label,
          programme: parent,
          ...(area !== '' && { savingsArea: area }),
          ...(flags.includes('peer-challenge') && { peerChallenge: true }),
          ...(flags.includes('restricted') && { restricted: true }),
        });
    }
  });
  return [
    ...declared,
    ...initialMeasures.map(({ id, ...measure }) => entry('measure', id, 'MeasureDeclared', measure)),
  ];
}
