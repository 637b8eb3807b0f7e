import type { Target } from '@churn/core';
import type { TableProfile } from '@churn/eda';
import type { Picture } from '../figures/draw-figures.js';
import type { Beginning } from '../runs/beginning.js';
import type { FoundUplift } from '../uplift/uplift-report.js';
import type { Chosen } from './chosen.js';
import type { Dataset, Split } from './dataset.js';
import type { SearchResult } from './found.js';

/** The profile and the figures of the data. */
export interface DrawnData {
  readonly profile: TableProfile;
  readonly pictures: readonly Picture[];
}

/** The findings of a training run. */
export interface Findings<T extends Target, M> {
  readonly data: Dataset<T>;
  readonly split: Split<T>;
  readonly found: SearchResult;
  readonly chosen: Chosen;
  /** The models to write. */
  readonly final: readonly M[];
  /** The profile and figures of the data, if drawn. */
  readonly drawn: DrawnData | undefined;
  readonly begun: Beginning;
  /** The uplift of an experiment, if there is a treatment. */
  readonly uplift?: FoundUplift;
}
