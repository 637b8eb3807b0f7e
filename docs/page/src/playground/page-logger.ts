/** How far a search is. */
export interface Progress {
  readonly fits: number;
  readonly totalFits: number;
  readonly best?: { readonly model: string; readonly score: number };
}

/** What a training tells a page: as much of a logger as the application needs, and how far it is. */
export interface PageLogger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
  debug(message: string): void;
  onProgress(progress: Progress): void;
}
