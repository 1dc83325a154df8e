import type { FindingCode } from '@ledger/seal';
import {
  bodyOf,
  evidenceBodyOf,
  fileOf,
  linesOf,
  momentAt,
  notesOf,
  otherKey,
  ownKey,
  type BundleLines,
  type MadeLog,
} from './made-bundle';
import type { Random } from '../../histories/random';

/** Something that was done to a log or its bundle, and what must be found. */
export interface Mutation {
  readonly file: Uint8Array;
  /** Any of these names it. */
  readonly codes: readonly FindingCode[];
  /** The first place that must be named; left out where it is about none. */
  readonly index?: number;
  /** That place, or one before it: the last seal that still fits. */
  readonly atMost?: number;
}

/** An honest log, and the checkpoint of it that was kept elsewhere. */
export interface Original {
  readonly log: MadeLog;
  /** Events under the checkpoint that was kept. */
  readonly held: number;
}

/** A log with a few seals; between events some time passes, or none. */
export function originalOf(draws: Random): Original {
  const events = draws.between(4, 700);
  const sizes = new Set([draws.between(3, events)]);
  for (let more = draws.below(4); more > 0; more--) sizes.add(draws.between(1, events));
  const ordered = [...sizes].sort((one, other) => one - other);
  const bodies: string[] = [];
  const seals: { size: number; time: string }[] = [];
  let now = 0;
  for (let number = 1; number <= events; number++) {
    now += draws.below(3) * 250;
    // Every second event attaches a file to a claim, so that there are two below any seal.
    bodies.push((number % 2 === 1 ? evidenceBodyOf : bodyOf)(number, momentAt(now)));
    if (!ordered.includes(number)) continue;
    now += draws.below(2) * 100;
    seals.push({ size: number, time: momentAt(now) });
  }
  return { log: { bodies, seals, signer: ownKey }, held: ordered.at(-1) ?? events };
}

const swapped = (text: string, at: number, by: number): string => {
  const bytes = Buffer.from(text);
  // A newline would be another line, and a byte that is no UTF-8 would not come back from a text.
  bytes[at] = (bytes[at] ?? 0) ^ by;
  return bytes.toString('latin1');
};

/** Flips one bit of a text of plain characters, so that it is another text of plain characters. */
function flipped(text: string, draws: Random): string {
  for (;;) {
    const changed = swapped(text, draws.below(text.length), 1 << draws.below(7));
    if (!/[^\x20-\x7e]/.test(changed)) return changed;
  }
}

function without<T>(list: readonly T[], at: number): T[] {
  return list.filter((_, place) => place !== at);
}

const evidenceHash = /(?<="sha256":")[0-9a-f]{64}/;

/** Two files that claims rest on, each in the other's place: their hashes change places. */
function withEvidenceSwapped(
  bodies: readonly string[],
  held: number,
  draws: Random,
): { readonly bodies: readonly string[]; readonly index: number } {
  const attached = bodies.flatMap((body, at) => (at < held && evidenceHash.test(body) ? [at] : []));
  const place = draws.below(attached.length - 1);
  const [index = 0, other = 0] = [attached[place], attached[draws.between(place + 1, attached.length - 1)]];
  const hashOf = (at: number): string => evidenceHash.exec(bodies[at] ?? '')?.[0] ?? '';
  const given = (at: number, hash: string): string => (bodies[at] ?? '').replace(evidenceHash, hash);
  return {
    bodies: bodies.with(index, given(index, hashOf(other))).with(other, given(other, hashOf(index))),
    index,
  };
}

/** A bundle whose first line says what is in it now, as whoever changed it would have it say. */
function told(lines: BundleLines): Uint8Array {
  const { notes, bodies } = lines;
  return fileOf({ ...lines, header: { ...lines.header, checkpoints: notes.length, events: bodies.length } });
}

/** What is done to the lines of a bundle alone. */
const ofLines: Readonly<Record<string, (original: Original, draws: Random) => Mutation>> = {
  'a byte of an event flipped': ({ log, held }, draws) => {
    const lines = linesOf(log);
    const index = draws.below(held);
    lines.bodies[index] = flipped(lines.bodies[index] ?? '', draws);
    return { file: fileOf(lines), codes: ['EVENT_ALTERED', 'EVENT_MISSING', 'BUNDLE_DAMAGED'], index };
  },
  'an event dropped': ({ log, held }, draws) => {
    const lines = linesOf(log);
    const index = draws.below(held);
    const bodies = without(lines.bodies, index);
    return {
      file: told({ ...lines, bodies }),
      codes: ['EVENT_MISSING', 'EVENT_ALTERED', 'LOG_CUT_SHORT'],
      index,
    };
  },
  'two events in each other’s place': ({ log, held }, draws) => {
    const lines = linesOf(log);
    const index = draws.below(held - 1);
    const other = draws.between(index + 1, held - 1);
    const [one = '', two = ''] = [lines.bodies[index], lines.bodies[other]];
    lines.bodies[index] = two;
    lines.bodies[other] = one;
    return { file: fileOf(lines), codes: ['EVENTS_REORDERED', 'EVENT_ALTERED'], index };
  },
  'an event inserted': ({ log, held }, draws) => {
    const lines = linesOf(log);
    const index = draws.below(held);
    const [, time = ''] = /"recordedAt":"([^"]*)"/.exec(lines.bodies[index] ?? '') ?? [];
    const bodies = lines.bodies.toSpliced(index, 0, bodyOf(9999, time));
    return { file: told({ ...lines, bodies }), codes: ['EVENT_INSERTED', 'EVENT_ALTERED'], index };
  },
  'the evidence of two claims swapped': ({ log, held }, draws) => {
    const lines = linesOf(log);
    const { bodies, index } = withEvidenceSwapped(lines.bodies, held, draws);
    return { file: fileOf({ ...lines, bodies: [...bodies] }), codes: ['EVENT_ALTERED'], index };
  },
  'a byte of the hashes flipped': ({ log }, draws) => {
    const lines = linesOf(log);
    const at = draws.below(lines.hashes.length);
    lines.hashes[at] = flipped(lines.hashes[at] ?? '', draws);
    return { file: fileOf(lines), codes: ['BUNDLE_DAMAGED'] };
  },
  'a byte of a checkpoint flipped': ({ log }, draws) => {
    const lines = linesOf(log);
    const at = draws.below(lines.notes.length);
    const note = lines.notes[at] ?? '';
    // The dash of a signature is no plain character; before it there is enough to choose from.
    const end = note.indexOf('\n\n');
    lines.notes[at] =
      flipped(note.slice(0, end).replaceAll('\n', '~'), draws).replaceAll('~', '\n') + note.slice(end);
    return { file: fileOf(lines), codes: ['CHECKPOINT_ALTERED'] };
  },
  'the file cut off': ({ log }, draws) => {
    const file = fileOf(linesOf(log));
    const end = draws.between(file.indexOf(0x0a) + 1, file.length - 1);
    return { file: file.subarray(0, end), codes: ['LOG_CUT_SHORT', 'BUNDLE_DAMAGED'] };
  },
};

/** What somebody does who can seal anew, and does not reach the checkpoint that was kept elsewhere. */
const sealedAnew: Readonly<Record<string, (original: Original, draws: Random) => Mutation>> = {
  'the tail cut off, with its seals': ({ log, held }, draws) => {
    const events = draws.between(1, held - 1);
    const seals = log.seals.filter(({ size }) => size <= events);
    const cut = linesOf({ ...log, bodies: log.bodies.slice(0, events), seals });
    return { file: fileOf(cut), codes: ['LOG_CUT_SHORT'], index: events };
  },
  'an event rewritten, and everything sealed anew by the ledger’s own key': ({ log, held }, draws) => {
    const index = draws.below(held);
    const body = log.bodies[index] ?? '';
    const bodies = log.bodies.with(index, body.replace('"title":"Event', '"title":"Evens'));
    return { file: fileOf(linesOf({ ...log, bodies })), codes: ['FORKED'], atMost: index };
  },
  'the evidence of two claims swapped, and everything sealed anew by the ledger’s own key': (
    { log, held },
    draws,
  ) => {
    const { bodies, index } = withEvidenceSwapped(log.bodies, held, draws);
    return { file: fileOf(linesOf({ ...log, bodies })), codes: ['FORKED'], atMost: index };
  },
  'another history from some event on, sealed by the ledger’s own key': ({ log, held }, draws) => {
    const from = draws.below(held);
    const bodies = log.bodies.map((body, at) => (at < from ? body : body.replace('Event ', 'Other ')));
    return { file: fileOf(linesOf({ ...log, bodies })), codes: ['FORKED'], atMost: from };
  },
  'an event recorded with a date before the last seal': ({ log }, draws) => {
    const last = log.seals.at(-1);
    const index = last?.size ?? 0;
    const early = new Date(Date.parse(last?.time ?? '') - draws.between(1, 100_000)).toISOString();
    const bodies = log.bodies.toSpliced(index, 0, bodyOf(9999, early));
    return { file: fileOf(linesOf({ ...log, bodies })), codes: ['BACK_DATED'], index };
  },
  'everything sealed anew by another key': ({ log }) => {
    const file = fileOf(linesOf({ ...log, signer: otherKey }));
    return { file, codes: ['WRONG_KEY'] };
  },
};

export const mutations = { ...ofLines, ...sealedAnew };

/** The checkpoint that was kept elsewhere. */
export function heldNote({ log }: Original): string {
  return notesOf(log).at(-1) ?? '';
}
