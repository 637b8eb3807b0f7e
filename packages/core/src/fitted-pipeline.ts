import { checkedProbabilities } from './checked-probabilities.js';
import type { ClassProbabilities, FittedClassifier } from './classifier.js';
import { displayAs } from './display.js';
import { ChurnError } from './error.js';
import type { JsonObject } from './json.js';
import type { ClassLabel } from './labels.js';
import type { Attributions, FittedModel, FittedPart } from './model.js';
import { refuseOverflow } from './overflow.js';
import { pipelineHtml, pipelineText } from './pipeline-text.js';
import { rawAttributions } from './raw-attributions.js';
import { rawColumns } from './raw-columns.js';
import { inRawRows } from './raw-faults.js';
import type { FittedRegressor } from './regressor.js';
import { type Restorable, restorePart, savedPart } from './restore.js';
import { compileRow, positionOf, rowsToTable, tableRows } from './row.js';
import type { RowStep } from './row-step.js';
import { conformTo, restoreSchema, type TableSchema } from './schema.js';
import type { StateReader } from './state-reader.js';
import { restoreSummary, type TableSummary } from './summary.js';
import type { FittedSurvivalModel } from './survival-model.js';
import type { Table } from './table.js';
import { MODEL_ROLES } from './target.js';
import type { FittedTransformer } from './transformer.js';

/** The model of a pipeline that ends in an `F`. */
type ModelIn<F> = F extends FittedModel ? F : undefined;

/** Up to this many rows go through the steps one by one, which is cheaper than building a table per step. */
const FEW_ROWS = 16;

/** The predictions of a part. */
type PredictionsOf<F> = F extends { predict(x: Table): infer P } ? P : never;

/**
 * A fitted pipeline. It takes raw rows with the columns of training; label and ID columns are not needed.
 *
 * It predicts what its model predicts: classes and probabilities, numbers, or the time to an event. Without a model it is a transformer.
 */
export class FittedPipeline<F extends FittedPart = FittedTransformer> {
  static readonly type = 'Pipeline';
  readonly type = FittedPipeline.type;
  readonly role: F['role'];
  /** The model at the end; it predicts from the output of the steps. */
  readonly model: ModelIn<F>;
  /** What each raw column adds to what the model predicts; present only if the model has it, and its features come from raw columns. */
  readonly attributions?: (x: Table) => Attributions;
  /** The steps for one row at a time, once they were needed. */
  #rowStep?: RowStep;

  constructor(
    /** The columns that it was fitted on. */
    readonly schema: TableSchema,
    readonly steps: readonly FittedTransformer[],
    model?: F,
    /** A summary of the training rows; files of format version 1 lack it. */
    readonly summary?: TableSummary,
  ) {
    this.role = model?.role ?? 'transformer';
    displayAs(this, {
      text: () => this.toString(),
      html: () => pipelineHtml(this.#title(), this.#parts()),
    });
    this.model = model as FittedPart as ModelIn<F>;
    const attributed = model && rawAttributions(model as FittedPart as FittedModel, steps, this.features);
    if (attributed) this.attributions = (x) => this.#ofProcessed(x, attributed);
  }

  /**
   * Restores a pipeline from its state, using only the given classes.
   * @throws `model-file` if the state is damaged or names another class, or if the parts do not fit together: a step or the model needs a
   * column that earlier steps do not provide.
   */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedPipeline<FittedPart> {
    const schema = restoreSchema(state, 'schema');
    const steps = state.children('steps').map((step) => restorePart(step, classes, 'transformer'));
    // Files of format version 1 hold classifiers only.
    const key = state.has('classifier') ? 'classifier' : 'model';
    const model = state.has(key) ? restorePart(state.child(key), classes, ...MODEL_ROLES) : undefined;
    requireFit(schema, steps, model);
    const summary = state.has('summary') ? restoreSummary(state, 'summary') : undefined;
    if (summary) {
      const isOfSchema =
        summary.columns.length === schema.length &&
        schema.every(
          ({ name, kind }, j) => summary.columns[j].name === name && summary.columns[j].kind === kind,
        );
      state.expect(isOfSchema, 'summary', 'of the columns of "schema"');
    }
    return new FittedPipeline(schema, steps, model, summary);
  }

  get state(): JsonObject {
    return {
      schema: this.schema,
      ...(this.summary && { summary: this.summary }),
      steps: this.steps.map(savedPart),
      ...(this.model && { model: savedPart(this.model) }),
    };
  }

  /** The classes of the model; in a two-class problem the second is the positive one. */
  get classes(): F extends FittedClassifier ? readonly ClassLabel[] : undefined {
    return (this.model as Partial<FittedClassifier> | undefined)?.classes as F extends FittedClassifier
      ? readonly ClassLabel[]
      : undefined;
  }

  /** The decision threshold of the model, if it has one. */
  get threshold(): number | undefined {
    return (this.model as Partial<FittedClassifier> | undefined)?.threshold;
  }

  get features(): readonly string[] {
    return this.schema.map(({ name }) => name);
  }

  /** For each output column of the steps, the raw columns that it is derived from. */
  get origins(): ReadonlyMap<string, readonly string[]> {
    return rawColumns(this.steps, this.features);
  }

  /**
   * The table that the model receives; without a model, the output of the pipeline.
   * @throws `column-name` or `column-kind`, listing all columns that do not match those of training; `invalid-data` for rows that a step
   * cannot process, with a fault for each that names its raw column.
   */
  transform(x: Table): Table {
    return this.#ofProcessed(x, (table) => table);
  }

  /** `transform` for one row at a time. */
  compileRow(schema: TableSchema): RowStep {
    return compileRow(this.steps, schema);
  }

  /**
   * The probability of each class, one array per class in the order of `classes`, with one number per row.
   *
   * @throws the errors of `transform`, and `invalid-data` for rows for which the model has no probability, with a fault for each that
   * names its raw column.
   */
  predictProba(this: FittedPipeline<FittedClassifier>, x: Table): ClassProbabilities {
    const model = this.#needed('predictProba') as FittedClassifier;
    return this.#ofFewOrMany(x, (table) =>
      checkedProbabilities(table, table.names, model.predictProba(table)),
    );
  }

  /** The times at which the model's survival curves step, ascending. */
  get times(): F extends FittedSurvivalModel ? ArrayLike<number> : undefined {
    const model = this.model as Partial<FittedSurvivalModel> | undefined;
    return model?.times as F extends FittedSurvivalModel ? ArrayLike<number> : undefined;
  }

  /**
   * The probability that the event occurs after each of `times`: one array per time, with one number per row.
   * @throws the errors of `transform` and of the model.
   */
  predictSurvival(
    this: FittedPipeline<FittedSurvivalModel>,
    x: Table,
    times: ArrayLike<number>,
  ): Float64Array[] {
    const model = this.#needed('predictSurvival') as FittedSurvivalModel;
    return this.#ofFewOrMany(x, (table) => model.predictSurvival(table, times));
  }

  /**
   * The predicted class, value or risk score of each row.
   * @throws the errors of `predictProba`.
   */
  predict(x: Table): PredictionsOf<F> {
    const model = this.#needed('predict');
    return this.#ofFewOrMany(x, (table) => model.predict(table)) as PredictionsOf<F>;
  }

  /** The parts in order, one per line; also displayed by consoles and notebooks. */
  toString(): string {
    return pipelineText(this.#title(), this.#parts());
  }

  #title(): string {
    return `Pipeline, fitted: ${this.role} of ${this.schema.length} columns`;
  }

  #parts(): object[] {
    return [...this.steps, ...(this.model ? [this.model] : [])];
  }

  /** @throws `invalid-parameter` if the model lacks the method. */
  #needed(method: 'predict' | 'predictProba' | 'predictSurvival'): FittedModel {
    const model = this.model as
      | Partial<FittedClassifier & Pick<FittedSurvivalModel, 'predictSurvival'>>
      | undefined;
    if (typeof model?.[method] === 'function') return model as FittedModel;
    const why = model ? `ends in ${model.type}, which has no such method` : 'does not end in a model';
    throw new ChurnError('invalid-parameter', `${method}: this pipeline ${why}`);
  }

  #ofFewOrMany<T>(x: Table, work: (table: Table) => T): T {
    if (this.steps.length > 0 && x?.nRows > 0 && x.nRows <= FEW_ROWS) {
      try {
        const rows = tableRows(this.schema, x);
        if (rows) {
          this.#rowStep ??= this.compileRow(this.schema);
          const step = this.#rowStep;
          return work(
            rowsToTable(
              step.schema,
              rows.map((row) => step.apply(row)),
            ),
          );
        }
      } catch (error) {
        // Processed as a table, the error names all rows at fault.
        if (!ChurnError.is(error)) throw error;
      }
    }
    return this.#ofProcessed(x, work);
  }

  #ofProcessed<T>(x: Table, work: (table: Table) => T): T {
    const raw = conformTo(this.schema, x);
    try {
      const processed = this.steps.reduce((table, step) => {
        const output = step.transform(table);
        refuseOverflow(table, output);
        return output;
      }, raw);
      return work(processed);
    } catch (error) {
      // Users know the raw columns of a row, not those that the steps derived from them.
      throw inRawRows(error, { x: raw, steps: this.steps });
    }
  }
}

/** Whether a fitted part is a pipeline of any copy of this package. */
export function isPipeline(part: FittedClassifier): part is FittedPipeline<FittedClassifier>;
export function isPipeline(part: FittedRegressor): part is FittedPipeline<FittedRegressor>;
export function isPipeline(part: FittedSurvivalModel): part is FittedPipeline<FittedSurvivalModel>;
export function isPipeline(part: FittedPart): part is FittedPipeline<FittedPart>;
export function isPipeline(part: FittedPart): boolean {
  return part.type === FittedPipeline.type;
}

/** Whether a fitted part is a transformer. */
export function isTransformer(part: FittedPart): part is FittedTransformer {
  return part.role === 'transformer';
}

/**
 * Checks that each part finds its required columns in the output of the parts before it.
 * @throws `model-file` if one is missing, or of the other kind.
 */
function requireFit(
  schema: TableSchema,
  steps: readonly FittedTransformer[],
  model: FittedModel | undefined,
): void {
  try {
    const seen = compileRow(steps, schema).schema;
    const needed = model?.schema ?? model?.features.map((name) => ({ name, kind: undefined })) ?? [];
    for (const { name, kind } of needed) positionOf(seen, name, kind);
  } catch (error) {
    // Any other error is about the values in a row.
    if (!ChurnError.is(error) || (error.code !== 'column-name' && error.code !== 'column-kind')) return;
    const reason = error.message.slice(0, 200).replace(/\s+/g, ' ');
    throw new ChurnError('model-file', `Pipeline: the parts do not fit together: ${reason}`, {
      cause: error,
    });
  }
}
