import type { FittedClassifier } from './classifier.js';
import { displayAs } from './display.js';
import type { DurationsLike } from './durations.js';
import { ChurnError } from './error.js';
import { FittedPipeline } from './fitted-pipeline.js';
import type { LabelsLike } from './labels.js';
import type { FitOptions, FittedPart } from './model.js';
import { refuseOverflow } from './overflow.js';
import { requireParameter } from './parameter.js';
import { pipelineHtml, pipelineText } from './pipeline-text.js';
import type { FittedRegressor } from './regressor.js';
import { requireTable } from './require-table.js';
import { schemaOf } from './schema.js';
import { requireSpecification } from './specification.js';
import { summaryOf } from './summary.js';
import type { FittedSurvivalModel } from './survival-model.js';
import type { Table } from './table.js';
import { MODEL_ROLES, requireTargetPerRow, type TargetLike, targetFor } from './target.js';
import type { TargetValuesLike } from './target-values.js';
import type { FitTransformed, FittedTransformer, Transformer } from './transformer.js';

/** The target that a part of a pipeline is fitted on. */
type TargetLikeOf<F extends FittedPart> = F extends FittedClassifier
  ? LabelsLike
  : F extends FittedRegressor
    ? TargetValuesLike
    : F extends FittedSurvivalModel
      ? DurationsLike
      : TargetLike;

/** A model whose `fit` returns an `F`. */
interface ModelGiving<F extends FittedPart> {
  readonly role: F['role'];
  fit(x: Table, y: TargetLikeOf<F>, options?: FitOptions): F;
  forOrder?(): { readonly role: F['role'] };
}

/**
 * Transformers in order, then a model, fitted together on training rows. A pipeline has the role of its last part: classifier, regressor,
 * survival model or, without a model, transformer.
 *
 * ```ts
 * const model = new Pipeline([new MeanImputer(), new StandardScaler()], new LogisticRegression()).fit(train, churned);
 * model.predictProba(newRows);
 * ```
 */
export class Pipeline<F extends FittedPart = FittedTransformer> {
  readonly role: F['role'];
  readonly steps: readonly Transformer[];
  readonly model: ModelGiving<F> | undefined;

  /** @throws `invalid-parameter` if a step is not a transformer, or the model is not an unfitted model. */
  constructor(steps: readonly Transformer[], model?: ModelGiving<F>) {
    requireParameter(Array.isArray(steps), 'steps', 'a list of transformers', steps);
    for (const [i, step] of steps.entries()) requireSpecification(step, `steps[${i}]`, ['transformer']);
    if (model !== undefined) requireSpecification(model, 'model', MODEL_ROLES);
    this.steps = [...steps];
    this.model = model;
    this.role = model?.role ?? 'transformer';
    displayAs(this, {
      text: () => this.toString(),
      html: () => pipelineHtml('Pipeline', this.#parts()),
    });
  }

  /**
   * The `options`, such as sample weights, apply to the model; transformers treat all rows alike.
   *
   * @throws `invalid-data` if there are no rows, or `y` differs in length; `invalid-target` if `y` is not a target for the model; and the
   * errors of the parts.
   */
  fit(this: Pipeline<FittedTransformer>, x: Table, y?: TargetLike): FittedPipeline<F>;
  fit(x: Table, y: TargetLikeOf<F>, options?: FitOptions): FittedPipeline<F>;
  fit(x: Table, y?: TargetLike, options?: FitOptions): FittedPipeline<F> {
    return this.#fitted(x, y, options).fitted;
  }

  /** The pipeline with the `forOrder` of its model, if it has one; otherwise this pipeline. */
  forOrder(): Pipeline<F> {
    const model = this.model?.forOrder?.();
    return model ? new Pipeline<F>(this.steps, model as ModelGiving<F>) : this;
  }

  /** Fits, and returns the transformed training table; supervised steps encode it out of fold. */
  fitTransform(
    this: Pipeline<FittedTransformer>,
    x: Table,
    y?: TargetLike,
  ): FitTransformed<FittedPipeline<FittedTransformer>> {
    return this.#fitted(x, y);
  }

  /** The parts in order, one per line; also displayed by consoles and notebooks. */
  toString(): string {
    return pipelineText('Pipeline', this.#parts());
  }

  #parts(): object[] {
    return [...this.steps, ...(this.model ? [this.model] : [])];
  }

  #fitted(
    x: Table,
    y: TargetLike | undefined,
    options?: FitOptions,
  ): { readonly fitted: FittedPipeline<F>; readonly output: Table } {
    requireTable(x);
    const target = targetFor(this.role, y);
    if (x.nRows === 0) throw new ChurnError('invalid-data', 'cannot fit a pipeline on a table without rows');
    if (target) requireTargetPerRow(x, target);
    const steps: FittedTransformer[] = [];
    let table = x;
    for (const step of this.steps) {
      const { fitted, output } = step.fitTransform(table, target);
      refuseOverflow(table, output);
      steps.push(fitted);
      table = output;
    }
    const unread = unreadColumns(steps);
    const read = x.names.filter((name) => !unread.has(name));
    const raw = x.select(read);
    const model = this.model?.fit(table, target as TargetLikeOf<F>, options);
    return { fitted: new FittedPipeline(schemaOf(raw), steps, model, summaryOf(raw)), output: table };
  }
}

/** The columns that the leading steps remove unread; no later step can have read them either. */
function unreadColumns(steps: readonly FittedTransformer[]): Set<string> {
  const unread = new Set<string>();
  for (const step of steps) {
    if (!step.unread) break;
    for (const name of step.unread) unread.add(name);
  }
  return unread;
}
