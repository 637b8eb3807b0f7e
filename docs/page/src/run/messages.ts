import type { Place } from './program.js';

/** What a worker is sent: TypeScript that runs as one program. */
export interface RunRequest {
  readonly blocks: readonly string[];
}

/** What a running program shows, and where. */
export type RunMessage =
  | { readonly kind: 'text'; readonly block: number; readonly text: string; readonly isError?: boolean }
  | { readonly kind: 'chart'; readonly block: number; readonly svg: string; readonly title: string }
  | { readonly kind: 'failure'; readonly message: string; readonly place?: Place }
  | { readonly kind: 'end' };
