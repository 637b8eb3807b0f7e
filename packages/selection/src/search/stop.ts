export interface StopOptions {
  /** Stops with its reason as an error. */
  readonly signal?: AbortSignal | undefined;
  /** Stops without an error, as soon as there is enough. */
  readonly until?: AbortSignal | undefined;
  /** Whether what is done is enough to end with. */
  readonly isEnough?: () => boolean;
}

/** When work stops before it is done. */
export interface Stop {
  /** Settles when it does. */
  readonly promise: Promise<void>;
  /** To be called when more is done, which may be enough. */
  check(): void;
  /** Listens no longer. */
  release(): void;
}

/** @throws the reason of `signal` if it is aborted already. */
export function stopOn({ signal, until, isEnough = () => true }: StopOptions): Stop {
  signal?.throwIfAborted();
  let abort = () => {};
  let check = () => {};
  const promise = new Promise<void>((resolve, reject) => {
    abort = () => reject(signal?.reason);
    check = () => {
      if (until?.aborted && isEnough()) resolve();
    };
  });
  signal?.addEventListener('abort', abort);
  until?.addEventListener('abort', check);
  return {
    promise,
    check,
    release() {
      signal?.removeEventListener('abort', abort);
      until?.removeEventListener('abort', check);
    },
  };
}
