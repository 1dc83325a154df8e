import type { Findings } from '../verifying/finding';
import type { BodyFacts } from '../verifying/read-body';
import type { BundleFigure } from './header';

/** Events of this type say what was published. */
const publishing = 'FigurePublished';
const streams = 'publication-';

/** What a figure says, in one form for what a bundle names and for what the log holds. */
interface Said {
  readonly label: string;
  /** Everything that must be the same, as a text. */
  readonly all: string;
}

function sorted(parameters: unknown): unknown {
  if (typeof parameters !== 'object' || parameters === null) return null;
  return Object.entries(parameters).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** What both have; a member that is none of these is neither's. */
type Members = Readonly<Partial<Record<keyof BundleFigure, unknown>>>;

function keyOf(publication: string, { ask, parameters }: Members): string {
  return JSON.stringify([publication, ask, sorted(parameters)]);
}

function saidBy(members: Members): Said {
  const { rule, position, value, unit, label, numerator, base, attributed } = members;
  return {
    label: typeof label === 'string' ? label : 'without a label',
    all: JSON.stringify([rule, position, value, unit, label, numerator, base, attributed]),
  };
}

/**
 * Holds the figures that a bundle calls published against the events that published them: none is another one, none is
 * made up, and none is left out, so that whoever recomputes figures recomputes all that were told to anybody.
 */
export class PublishedFigures {
  readonly #named = new Map<string, Said>();
  readonly #problems: string[] = [];

  /** Takes a figure that the bundle names. */
  named(figure: BundleFigure): void {
    if (figure.publication !== undefined) this.#named.set(keyOf(figure.publication, figure), saidBy(figure));
  }

  /** Takes an event of the log, at its place from 0. */
  event(index: number, { type, stream, data }: BodyFacts): void {
    if (type !== publishing || !stream.startsWith(streams)) return;
    // Every member is compared as it is; what is none is not the same.
    const members = (typeof data === 'object' && data !== null ? data : {}) as Members;
    const said = saidBy(members);
    const key = keyOf(stream.slice(streams.length), members);
    const named = this.#named.get(key);
    this.#named.delete(key);
    if (named?.all === said.all) return;
    this.#problems.push(
      named === undefined
        ? `“${said.label}” was published by the event at position ${index + 1}, and is not among the figures of the bundle.`
        : `“${named.label}” is not what the event at position ${index + 1} published.`,
    );
  }

  /** What does not fit; where the log itself is not as it was sealed, that is what there is to say. */
  end(findings: Findings): void {
    if (!findings.none) return;
    const madeUp = [...this.#named.values()].map(
      ({ label }) => `“${label}” is called published, and no event of the log published it.`,
    );
    for (const problem of [...this.#problems, ...madeUp]) findings.add('PUBLICATION_DIFFERS', null, problem);
  }
}
