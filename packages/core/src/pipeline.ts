import { checkedProbabilities } from './checked-probabilities.js';
import type { Classifier, FitOptions, FittedClassifier } from './classifier.js';
import { ChurnError } from './error.js';
import type { JsonObject } from './json.js';
import { assertLabelPerRow, type ClassLabel, Labels, type LabelsLike } from './labels.js';
import { refuseOverflow } from './overflow.js';
import { inRawRows } from './raw-faults.js';
import { type Restorable, restorePart, savedPart } from './restore.js';
import { compileRow, positionOf } from './row.js';
import { conformTo, restoreSchema, schemaOf, type TableSchema } from './schema.js';
import type { StateReader } from './state-reader.js';
import type { Table } from './table.js';
import type { FittedTransformer, Transformer } from './transformer.js';

/**
 * Transformers in order, then a classifier: fitted together, on training rows alone.
 *
 * ```ts
 * const model = new Pipeline([new MeanImputer(), new StandardScaler()], new LogisticRegression()).fit(train, churned);
 * model.predictProba(newRows);
 * ```
 */
export class Pipeline<F extends FittedClassifier = FittedClassifier>
  implements Classifier<FittedPipeline<F>>
{
  constructor(
    readonly steps: readonly Transformer[],
    readonly classifier: Classifier<F>,
  ) {}

  /**
   * The `options`, such as sample weights, are for the classifier: transformers learn from all rows alike.
   *
   * @throws `invalid-data` where there are no rows, or `y` has another number of them; and what a part throws.
   */
  fit(x: Table, y: LabelsLike, options?: FitOptions): FittedPipeline<F> {
    const labels = Labels.from(y);
    if (x.nRows === 0) throw new ChurnError('invalid-data', 'cannot fit a pipeline on a table without rows');
    assertLabelPerRow(x, labels);
    const steps: FittedTransformer[] = [];
    let table = x;
    for (const step of this.steps) {
      const { fitted, output } = step.fitTransform(table, labels);
      refuseOverflow(table, output);
      steps.push(fitted);
      table = output;
    }
    const unread = unreadColumns(steps);
    const schema = schemaOf(x).filter(({ name }) => !unread.has(name));
    return new FittedPipeline(schema, steps, this.classifier.fit(table, labels, options));
  }
}

/** A fitted pipeline. It takes raw rows: it needs the columns of training, and neither label nor ID columns. */
export class FittedPipeline<F extends FittedClassifier = FittedClassifier> implements FittedClassifier {
  static readonly type = 'Pipeline';
  readonly type = FittedPipeline.type;

  constructor(
    /** The columns it was fitted on. */
    readonly schema: TableSchema,
    readonly steps: readonly FittedTransformer[],
    readonly classifier: F,
  ) {}

  /**
   * Rebuilds a pipeline from its state with the classes given, and no others.
   * @throws `model-file` where the state is damaged or names another class, or where the parts do not fit together: a step or the
   *   classifier needs a column that those before it do not give.
   */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedPipeline {
    const schema = restoreSchema(state, 'schema');
    const steps = state.children('steps').map((step) => restorePart(step, classes));
    const classifier = restorePart(state.child('classifier'), classes);
    if (!steps.every(isTransformer) || isTransformer(classifier)) {
      throw new ChurnError(
        'model-file',
        'Pipeline: expected transformers as its steps and a classifier at its end',
      );
    }
    requireFit(schema, steps, classifier);
    return new FittedPipeline(schema, steps, classifier);
  }

  /** What restores a pipeline inside of another part, such as a classifier that wraps one. */
  static restorable(classes: readonly Restorable[]): Restorable<FittedPipeline> {
    return { type: FittedPipeline.type, restore: (state) => FittedPipeline.restore(state, classes) };
  }

  get state(): JsonObject {
    return {
      schema: this.schema,
      steps: this.steps.map(savedPart),
      classifier: savedPart(this.classifier),
    };
  }

  get classes(): readonly ClassLabel[] {
    return this.classifier.classes;
  }

  get features(): readonly string[] {
    return this.schema.map(({ name }) => name);
  }

  /**
   * The table that the classifier sees.
   * @throws `column-name` or `column-kind`, with all columns that do not match those of training; `invalid-data` for rows that a step
   *   cannot take, with a fault for each that names its raw column.
   */
  transform(x: Table): Table {
    const raw = conformTo(this.schema, x);
    return this.#blamingRawColumns(raw, () => this.#processed(raw));
  }

  /**
   * @throws what `transform` throws, and `invalid-data` for rows that the classifier has no probability for, with a fault for each that
   *   names its raw column.
   */
  predictProba(x: Table): Float64Array[] {
    const raw = conformTo(this.schema, x);
    return this.#blamingRawColumns(raw, () => {
      const table = this.#processed(raw);
      return checkedProbabilities(table, table.names, this.classifier.predictProba(table));
    });
  }

  /** @throws what `predictProba` throws. */
  predict(x: Table): ClassLabel[] {
    const raw = conformTo(this.schema, x);
    return this.#blamingRawColumns(raw, () => this.classifier.predict(this.#processed(raw)));
  }

  #processed(raw: Table): Table {
    return this.steps.reduce((table, step) => {
      const output = step.transform(table);
      refuseOverflow(table, output);
      return output;
    }, raw);
  }

  /** Whoever sent a row knows the columns that it came with, and not those that the steps made of them. */
  #blamingRawColumns<T>(x: Table, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw inRawRows(error, { x, steps: this.steps });
    }
  }
}

/** What the leading steps remove unread: no later step can have seen it either. */
function unreadColumns(steps: readonly FittedTransformer[]): Set<string> {
  const unread = new Set<string>();
  for (const step of steps) {
    if (!step.unread) break;
    for (const name of step.unread) unread.add(name);
  }
  return unread;
}

function isTransformer(part: FittedTransformer | FittedClassifier): part is FittedTransformer {
  return !('predictProba' in part);
}

/**
 * Checks that each part finds the columns that it needs in what those before it give.
 * @throws `model-file` where one is not there, or of the other kind.
 */
function requireFit(
  schema: TableSchema,
  steps: readonly FittedTransformer[],
  classifier: FittedClassifier,
): void {
  try {
    const seen = compileRow(steps, schema).schema;
    const needed = classifier.schema ?? classifier.features.map((name) => ({ name, kind: undefined }));
    for (const { name, kind } of needed) positionOf(seen, name, kind);
  } catch (error) {
    // Anything else is a matter of the values in a row.
    if (!ChurnError.is(error) || (error.code !== 'column-name' && error.code !== 'column-kind')) return;
    const reason = error.message.slice(0, 200).replace(/\s+/g, ' ');
    throw new ChurnError('model-file', `Pipeline: its parts do not fit together: ${reason}`, {
      cause: error,
    });
  }
}
