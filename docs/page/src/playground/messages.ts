import type { Progress } from './page-logger.js';

/** What is predicted: which of some classes, or how much. */
export type PredictedKind = 'classes' | 'value';

/** A column that can be predicted. */
export interface TargetChoice {
  readonly name: string;
  readonly kinds: readonly PredictedKind[];
}

/** What the page asks of the worker that trains. */
export type TrainingRequest =
  | { readonly kind: 'read'; readonly name: string; readonly bytes: ArrayBuffer }
  | {
      readonly kind: 'train';
      readonly target: string;
      readonly predicted: PredictedKind;
      readonly preset: 'fast' | 'good';
    };

/** A file that was read. */
export interface ReadMessage {
  readonly kind: 'read';
  readonly rows: number;
  readonly columns: number;
  /** The profile, as an HTML page. */
  readonly page: string;
  readonly targets: readonly TargetChoice[];
  /** The likely target, where there is one. */
  readonly guess: string | undefined;
}

/** What was trained. */
export interface TrainedMessage {
  readonly kind: 'trained';
  readonly page: string;
  readonly best: string;
  /** The file of the best model. */
  readonly model: string;
  readonly seconds: number;
}

export type TrainingMessage =
  | ReadMessage
  | TrainedMessage
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'stage'; readonly text: string }
  | { readonly kind: 'failure'; readonly message: string };
