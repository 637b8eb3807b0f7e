/** What an implementation took for a task, in seconds, and how good its model is. */
export interface ScaleFigures {
  /** Of a CSV file: how long reading took. */
  readonly fit: number;
  /** By what scores the model, which may be another library. Of a CSV file: how long writing took. */
  readonly scoring: Readonly<Record<string, number>>;
  /** On the test rows. */
  readonly auc?: number;
}
