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
 * What of exploring and training differs by what is predicted: classes or values. All else is the same.
 *
 * @typeParam F what its models are once they are fitted.
 * @typeParam D such a model when it is decided what it does besides.
 * @typeParam E the same when it has been tried on the test rows.
 */
export interface Task<
  T extends Target = Target,
  F extends FittedPart = FittedPart,
  D extends FittedModel<F> = FittedModel<F>,
  E extends D = D,
> {
  readonly name: TaskName;
  /** What models are compared by besides the scorers of the configuration. */
  readonly loss: ScorerName;
  /** What is tried where models are found. */
  readonly portfolio: Portfolio;

  /** @throws `invalid-target` if the target cannot be learned from. */
  readTarget(read: ReadTable, config: DataConfig): ReadTarget<T>;
  /** Columns that may be known only after the event. */
  findLeaks(features: Table, y: T, target: string): readonly Leak[];
  /** The target in a few words. */
  describe(y: T): string;
  /** Some rows, as like all of them as can be. */
  sample(y: T, options: StratifiedSampleOptions): Int32Array;
  /** How training rows are held out, to choose by. */
  splitter(config: Pick<Config, 'crossValidation' | 'seed'>): Splitter;
  /** @throws `invalid-target` if there are too few rows to train on for so many folds. */
  requireInEachFold(y: T, folds: number): void;

  /** The target that the columns are related to; none of three classes or more. */
  profiledTarget(y: T, config: Pick<Config, 'data'>): NamedTarget | NamedTargetValues | undefined;
  /** The figure of the target itself. */
  targetFigure(y: T, target: string): Omit<Figure, 'id'>;
  /** The figures of what single columns tell of the target. */
  relationFigures(profiled: TableProfile, config: Pick<Config, 'data'>): readonly Figure[];

  /** Chooses what is to be fitted and written: of models that are found, what is best together. */
  blend(
    found: SearchResult,
    train: LabelledRows<T>,
    config: Config,
    limit: TimeLimit | undefined,
    logger: Logger,
  ): Chosen;
  /** Decides of each model what it is to do besides, by what was predicted of training rows held out. */
  decide(fitted: readonly FittedModel<F>[], train: LabelledRows<T>, config: Config): D[];
  /** Tries each model on the test rows. */
  evaluate(decided: readonly D[], test: LabelledRows<T>, config: Config, logger: Logger): E[];
  /** The pipeline of a model that was fitted anew, with what was decided of it before. */
  withDecision(pipeline: FittedPipeline<F>, decided: D): FittedPipeline<F>;
  /** Writes the models and what was found of them. */
  report(
    folder: string,
    findings: Findings<T, Final<F, E>>,
    config: Config,
    logger: Logger,
  ): Promise<WrittenReport>;
}
