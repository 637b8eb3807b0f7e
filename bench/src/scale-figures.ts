/** The seconds of an implementation for a task, and the quality of its model. */
export interface ScaleFigures {
  /** For CSV, the time of reading. */
  readonly fit: number;
  /** By the library that scores the model, which may be another one. For CSV, the time of writing. */
  readonly scoring: Readonly<Record<string, number>>;
  /** The AUC on test rows. */
  readonly auc?: number;
}
