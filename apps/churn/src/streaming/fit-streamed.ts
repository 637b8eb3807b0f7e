import {
  type FittedClassifier,
  FittedPipeline,
  type FittedTransformer,
  Labels,
  Pipeline,
  type Table,
} from '@churn/core';
import { readTables } from '@churn/io';
import type { GradientBoostingClassifier, TrainingBatch } from '@churn/models';
import { type Config, dataName } from '../config/config.js';
import type { Candidate } from '../config/model-config.js';
import { fileFormat } from '../input.js';
import { churnPipeline } from '../model/churn-pipeline.js';
import type { Logger } from '../terminal/logger.js';
import type { Chosen, FittedModel } from '../training/chosen.js';
import type { Dataset, Split } from '../training/dataset.js';
import { renamedNotes } from '../training/fit.js';
import { inLines, onRows } from '../training/in-lines.js';
import { labelKey } from '../training/label-spellings.js';
import { readingProgress } from './reading-progress.js';
import { classOfKey, targetColumn } from './whole-file.js';

/** The data known before the whole file is read. */
export interface StreamedData {
  /** The sample of rows. */
  readonly data: Dataset;
  readonly split: Split;
  /** The lines of the sampled rows. */
  readonly drawn: ArrayLike<number>;
}

/**
 * Fits the chosen models on all rows of a file except the test rows, as they are read: the processing on the sampled training rows, the
 * boosted trees on all.
 */
export async function fitStreamed(
  { models }: Chosen,
  streamed: StreamedData,
  config: Config,
  logger: Logger,
): Promise<FittedModel[]> {
  const fitted: FittedModel[] = [];
  for (const model of models) {
    const started = performance.now();
    const { from } = model.made as { readonly from: Candidate };
    const warn = (message: string) => logger.warn(`${model.name}: ${message}`);
    const { steps, model: boosting } = churnPipeline(from, config, warn);
    const { train } = streamed.split;
    const processed = onRows(train, ({ x, y }) => new Pipeline(steps).fitTransform(x, y));
    const rows = new TrainingRows(streamed, processed, config, logger);
    const trees = await rows.withLines(() => (boosting as GradientBoostingClassifier).fitBatches(rows));
    const { schema, summary, steps: fittedSteps } = processed.fitted;
    for (const note of renamedNotes(fittedSteps)) warn(note);
    const pipeline = new FittedPipeline<FittedClassifier>(schema, fittedSteps, trees, summary);
    fitted.push({ ...model, pipeline, fitSeconds: (performance.now() - started) / 1000 });
  }
  return fitted;
}

/** The processing, with its out-of-fold output for the rows that it was fitted on, so that encodings do not depend on a row's own label. */
interface Processed {
  readonly fitted: FittedPipeline<FittedTransformer>;
  readonly output: Table;
}

/**
 * The processed training rows: those that the processing was fitted on, then all others of the file, which is read again on each iteration.
 */
class TrainingRows {
  readonly #streamed: StreamedData;
  readonly #processed: Processed;
  readonly #config: Config;
  readonly #logger: Logger;
  /** The lines of the latest batch. */
  #lines: ArrayLike<number> = [];
  #times = 0;

  constructor(streamed: StreamedData, processed: Processed, config: Config, logger: Logger) {
    this.#streamed = streamed;
    this.#processed = processed;
    this.#config = config;
    this.#logger = logger;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<TrainingBatch> {
    const { data, split, drawn } = this.#streamed;
    const { data: dataConfig } = this.#config;
    this.#times++;
    const progress = readingProgress(this.#logger, data.whole?.rows ?? 0, this.#times);
    const { fitted, output } = this.#processed;
    this.#lines = split.train.lines;
    yield { x: output, y: split.train.y };
    const isDrawn = new Set(Array.from(drawn));
    const target = targetColumn(data);
    const codes = classOfKey(data);
    const classes = Labels.from(split.train.y.classes, split.train.y.classes);
    const { delimiter, encoding, missingValues, timeZone, invalidValues } = dataConfig;
    const source = await fileFormat(dataName(dataConfig)).open(dataName(dataConfig), { delimiter, encoding });
    const tables = readTables(source, {
      ...{ missingValues, timeZone, schema: [...data.schema, target] },
      invalidValues: invalidValues === 'refuse' ? 'error' : 'missing',
    });
    try {
      for await (const { table, lines } of tables) {
        const column = table.category(target.name);
        const codeOf = column.levels.map((level) => codes.get(labelKey(level)) as number);
        const rows = Int32Array.from(column.codes.keys()).filter(
          (row) => column.codes[row] >= 0 && !isDrawn.has(lines[row]),
        );
        progress.read(lines.length);
        if (rows.length === 0) continue;
        this.#lines = rows.map((row) => lines[row]);
        const x = fitted.transform(table.take(rows));
        yield { x, y: classes.take(rows.map((row) => codeOf[column.codes[row]])) };
      }
    } finally {
      progress.stop();
    }
  }

  /** Runs `work` on the rows; errors name lines of the file. */
  async withLines<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw inLines(error, { source: dataName(this.#config.data), lines: this.#lines });
    }
  }
}
