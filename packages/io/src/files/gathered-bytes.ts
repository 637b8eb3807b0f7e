/** A buffer to which bytes are appended and from whose front they are taken. */
export class GatheredBytes {
  readonly #room: number;
  #bytes: Uint8Array;
  #length = 0;

  /** @param room the initial capacity in bytes. */
  constructor(room: number) {
    this.#room = room;
    this.#bytes = new Uint8Array(room);
  }

  /** All bytes; valid until the next change. */
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

  /** Takes the bytes before `end`. Their memory is exclusively the caller's. */
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
