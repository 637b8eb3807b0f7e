/** Bytes that are gathered piece by piece, and taken from the front. */
export class GatheredBytes {
  readonly #room: number;
  #bytes: Uint8Array;
  #length = 0;

  /** @param room for how many bytes there is memory at first. */
  constructor(room: number) {
    this.#room = room;
    this.#bytes = new Uint8Array(room);
  }

  /** All of them, until the next change. */
  get all(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  get length(): number {
    return this.#length;
  }

  /** Adds a copy. */
  add(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#bytes.length) this.#move(2 * length, 0);
    this.#bytes.set(piece, this.#length);
    this.#length = length;
  }

  /** Takes those before `end`, in memory that has nothing else in it and is nobody else's. */
  take(end: number): Uint8Array {
    const taken = this.#bytes.subarray(0, end);
    this.#move(Math.max(this.#room, 2 * (this.#length - end)), end);
    return taken;
  }

  #move(room: number, start: number): void {
    const rest = this.#bytes.subarray(start, this.#length);
    this.#bytes = new Uint8Array(room);
    this.#bytes.set(rest);
    this.#length = rest.length;
  }
}
