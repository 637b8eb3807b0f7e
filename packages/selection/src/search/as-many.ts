/** Work under way: at any time as much as there may be. */
export interface Many {
  /** Settles when there is no more to begin and all is done, or when one fails. */
  readonly promise: Promise<void>;
  /** To be called when more may be under way than before. */
  more(): void;
}

/**
 * Does one thing after another, up to `most()` at once.
 * @param next what is to be begun; `undefined` if there is no more.
 */
export function asMany<T>(
  most: () => number,
  next: () => T | undefined,
  work: (item: T) => Promise<void>,
): Many {
  let busy = 0;
  let settle: { resolve(): void; reject(error: unknown): void };
  const promise = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  const more = () => {
    while (busy < most()) {
      const item = next();
      if (item === undefined) break;
      busy++;
      work(item).then(() => {
        busy--;
        more();
      }, settle.reject);
    }
    if (busy === 0) settle.resolve();
  };
  more();
  return { promise, more };
}
