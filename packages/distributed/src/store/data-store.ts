/** Where the rows of searches lie, by their hashes. */
export interface DataStore {
  /** What messages call it. */
  readonly name: string;
  has(hash: string): Promise<boolean>;
  put(hash: string, bytes: Uint8Array): Promise<void>;
  /** `undefined` if there is no such data. */
  get(hash: string): Promise<Uint8Array | undefined>;
}
