/** Stores the rows of searches by their hashes. */
export interface DataStore {
  /** The name of the store in messages. */
  readonly name: string;
  has(hash: string): Promise<boolean>;
  put(hash: string, bytes: Uint8Array): Promise<void>;
  /** @returns `undefined` if there is no such data. */
  get(hash: string): Promise<Uint8Array | undefined>;
}
