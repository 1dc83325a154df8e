/*
 * Whole numbers in few bytes: seven bits a byte, the lowest first. Multiplication and division instead of bit
 * shifts, since quantities of pence exceed 32 bits.
 */

/** The most bytes that a safe integer takes. */
export const longest = 8;

/** Bytes that grow. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  length = 0;

  /** Begins with bytes written before. */
  static from(bytes: Uint8Array): ByteWriter {
    const writer = new ByteWriter();
    writer.#bytes = new Uint8Array(Math.max(256, bytes.length * 2));
    writer.#bytes.set(bytes);
    writer.length = bytes.length;
    return writer;
  }

  /** Makes room for a number of bytes more. To be called before numbers are written. */
  reserve(bytes: number): void {
    if (this.length + bytes <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + bytes));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }

  /** A whole number of nought or more: at most `longest` bytes, for which there is room. */
  unsigned(value: number): void {
    const bytes = this.#bytes;
    let at = this.length;
    let rest = value;
    while (rest >= 0x80) {
      bytes[at++] = (rest % 0x80) + 0x80;
      rest = Math.floor(rest / 0x80);
    }
    bytes[at++] = rest;
    this.length = at;
  }

  /** A whole number: small ones take little, whatever their sign. There is room for it. */
  signed(value: number): void {
    this.unsigned(value >= 0 ? value * 2 : -value * 2 - 1);
  }

  /** A copy of what was written. */
  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.length);
  }
}

function tooShort(): RangeError {
  return new RangeError('A segment ends in the middle of a number');
}

/** Reads what ByteWriter wrote. */
export class ByteReader {
  #at = 0;
  constructor(readonly bytes: Uint8Array) {}

  get done(): boolean {
    return this.#at >= this.bytes.length;
  }

  unsigned(): number {
    const first = this.bytes[this.#at++];
    // Most numbers take one or two bytes.
    if (first !== undefined && first < 0x80) return first;
    const second = this.bytes[this.#at++];
    if (first === undefined || second === undefined) throw tooShort();
    if (second < 0x80) return first - 0x80 + second * 0x80;
    let value = first - 0x80 + (second - 0x80) * 0x80;
    let factor = 0x4000;
    for (;;) {
      const byte = this.bytes[this.#at++];
      if (byte === undefined) throw tooShort();
      if (byte < 0x80) return value + byte * factor;
      value += (byte - 0x80) * factor;
      factor *= 0x80;
    }
  }

  signed(): number {
    const value = this.unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
