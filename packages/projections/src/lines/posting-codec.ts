import type { ByteWriter } from './varint';
import { ByteReader, longest } from './varint';

/*
 * Three sorts of posting lie in segments: of a line, of a thing in a roll-up, and of a body or person in one. Each
 * begins with the distance of its position from the one before it.
 */

/**
 * Appends a line that came or went. `body` and `person` are 0 for none. `flags`: 1 where it went, 2 where its dates are
 * known by report year only.
 */
export function packLine(
  writer: ByteWriter,
  gap: number,
  age: number,
  manner: number,
  body: number,
  person: number,
  flags: number,
  quantity: number,
  fromDay: number,
  toDay: number,
): void {
  writer.reserve(8 * longest);
  writer.unsigned(gap);
  // How far back the first event of the thing lies.
  writer.unsigned(age);
  writer.unsigned(manner * 4 + flags);
  writer.unsigned(body);
  writer.unsigned(person);
  writer.signed(quantity);
  writer.signed(fromDay);
  // Signed, so that even a span that ends before it begins (a broken record) is kept as it is.
  writer.signed(toDay - fromDay);
}

/** Appends a thing that came into a roll-up or left it, with the quantity of its lines there. */
export function packThing(
  writer: ByteWriter,
  gap: number,
  age: number,
  gone: boolean,
  quantity: number,
): void {
  writer.reserve(3 * longest);
  writer.unsigned(gap);
  writer.unsigned(age * 2 + (gone ? 1 : 0));
  writer.signed(quantity);
}

/** Appends a body or person that came into a roll-up or left it. */
export function packSubject(writer: ByteWriter, gap: number, subject: number, gone: boolean): void {
  writer.reserve(2 * longest);
  writer.unsigned(gap);
  writer.unsigned(subject * 2 + (gone ? 1 : 0));
}

export const gone = 1;
export const byReportYear = 2;

/** What is told of each posting of a line. */
export type OnLine = (
  position: number,
  thing: number,
  manner: number,
  body: number,
  person: number,
  flags: number,
  quantity: number,
  fromDay: number,
  toDay: number,
) => void;

/** Reads the lines of a segment up to and including a position, in order. */
export function unpackLines(bytes: Uint8Array, first: number, upTo: number, on: OnLine): void {
  const reader = new ByteReader(bytes);
  let position = first;
  while (!reader.done) {
    position += reader.unsigned();
    if (position > upTo) return;
    const thing = position - reader.unsigned();
    const mannerAndFlags = reader.unsigned();
    const body = reader.unsigned();
    const person = reader.unsigned();
    const quantity = reader.signed();
    const fromDay = reader.signed();
    on(
      position,
      thing,
      mannerAndFlags >> 2,
      body,
      person,
      mannerAndFlags & 3,
      quantity,
      fromDay,
      fromDay + reader.signed(),
    );
  }
}

/** Reads the things of a segment of a roll-up: `sign` is +1 for one that came, −1 for one that left. */
export function unpackThings(
  bytes: Uint8Array,
  first: number,
  upTo: number,
  on: (thing: number, sign: 1 | -1, quantity: number, position: number) => void,
): void {
  const reader = new ByteReader(bytes);
  let position = first;
  while (!reader.done) {
    position += reader.unsigned();
    if (position > upTo) return;
    const ageAndSign = reader.unsigned();
    const age = Math.floor(ageAndSign / 2);
    on(position - age, ageAndSign === age * 2 ? 1 : -1, reader.signed(), position);
  }
}

/** Reads the bodies or persons of a segment of a roll-up. */
export function unpackSubjects(
  bytes: Uint8Array,
  first: number,
  upTo: number,
  on: (subject: number, sign: 1 | -1, position: number) => void,
): void {
  const reader = new ByteReader(bytes);
  let position = first;
  while (!reader.done) {
    position += reader.unsigned();
    if (position > upTo) return;
    const subjectAndSign = reader.unsigned();
    const subject = Math.floor(subjectAndSign / 2);
    on(subject, subjectAndSign === subject * 2 ? 1 : -1, position);
  }
}
