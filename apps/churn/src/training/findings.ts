import type { Target } from '@churn/core';
import type { TableProfile } from '@churn/eda';
import type { Picture } from '../figures/draw-figures.js';
import type { Beginning } from '../runs/beginning.js';
import type { FoundUplift } from '../uplift/uplift-report.js';
import type { Chosen } from './chosen.js';
import type { Dataset, Split } from './dataset.js';
import type { SearchResult } from './found.js';

/** What the page shows of the data. */
export interface DrawnData {
  readonly profile: TableProfile;
  readonly pictures: readonly Picture[];
}

/** All that a training run found, and what it was made of. */
export interface Findings<T extends Target, M> {
  readonly data: Dataset<T>;
  readonly split: Split<T>;
  readonly found: SearchResult;
  readonly chosen: Chosen;
  /** The models that are written. */
  readonly final: readonly M[];
  /** What the data looks like, if it is drawn. */
  readonly drawn: DrawnData | undefined;
  readonly begun: Beginning;
  /** What a treatment did, where the data tells who was treated. */
  readonly uplift?: FoundUplift;
}
