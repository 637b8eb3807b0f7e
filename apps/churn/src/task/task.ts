import type { FittedModel as FittedPart, FittedPipeline, Table, Target } from '@churn/core';
import type { Leak, NamedTarget, NamedTargetValues, TableProfile } from '@churn/eda';
import type { ScorerName, Splitter, StratifiedSampleOptions } from '@churn/selection';
import type { Config, DataConfig } from '../config/config.js';
import type { TaskName } from '../config/target.js';
import type { Figure } from '../figures/figure.js';
import type { Portfolio } from '../model/portfolio.js';
import type { TimeLimit } from '../runs/time-limit.js';
import type { Logger } from '../terminal/logger.js';
import type { Chosen, Final, FittedModel } from '../training/chosen.js';
import type { LabelledRows } from '../training/dataset.js';
import type { Findings } from '../training/findings.js';
import type { SearchResult } from '../training/found.js';
import type { ReadTable } from '../training/read-table.js';
import type { WrittenReport } from '../training/report.js';
import type { ReadTarget } from '../training/rows-with-target.js';

/**
 * The parts of profiling and training that depend on the task.
 *
 * @typeParam F its fitted models.
 * @typeParam D a fitted model with its decision, such as a threshold.
 * @typeParam E the same, evaluated on the test rows.
 */
export interface Task<
  T extends Target = Target,
  F extends FittedPart = FittedPart,
  D extends FittedModel<F> = FittedModel<F>,
  E extends D = D,
> {
  readonly name: TaskName;
  /** The loss that models are compared by, besides the configured scorers. */
  readonly loss: ScorerName;
  /** The portfolio of automatic model selection. */
  readonly portfolio: Portfolio;

  /** @throws `invalid-target` if the target is unsuitable. */
  readTarget(read: ReadTable, config: DataConfig): ReadTarget<T>;
  /** Columns that may be leaks. */
  findLeaks(features: Table, y: T, target: string): readonly Leak[];
  /** A short description of the target. */
  describe(y: T): string;
  /** A representative sample of rows. */
  sample(y: T, options: StratifiedSampleOptions): Int32Array;
  /** The cross-validation splitter. */
  splitter(config: Pick<Config, 'crossValidation' | 'seed'>): Splitter;
  /** @throws `invalid-target` if there are too few training rows for the number of folds. */
  requireInEachFold(y: T, folds: number): void;

  /** The target for relations with columns; `undefined` for three or more classes. */
  profiledTarget(y: T, config: Pick<Config, 'data'>): NamedTarget | NamedTargetValues | undefined;
  /** The figure of the target. */
  targetFigure(y: T, target: string): Omit<Figure, 'id'>;
  /** The figures of the relation of columns to the target. */
  relationFigures(profiled: TableProfile, config: Pick<Config, 'data'>): readonly Figure[];

  /** Chooses the models to fit and write; with automatic selection, a blend. */
  blend(
    found: SearchResult,
    train: LabelledRows<T>,
    config: Config,
    limit: TimeLimit | undefined,
    logger: Logger,
  ): Chosen;
  /** Adds decisions to each model, such as thresholds, based on out-of-fold predictions. */
  decide(fitted: readonly FittedModel<F>[], train: LabelledRows<T>, config: Config): D[];
  /** Evaluates each model on the test rows. */
  evaluate(decided: readonly D[], test: LabelledRows<T>, config: Config, logger: Logger): E[];
  /** The refitted pipeline of a model, with its earlier decision. */
  withDecision(pipeline: FittedPipeline<F>, decided: D): FittedPipeline<F>;
  /** Writes the models and their report. */
  report(
    folder: string,
    findings: Findings<T, Final<F, E>>,
    config: Config,
    logger: Logger,
  ): Promise<WrittenReport>;
}
