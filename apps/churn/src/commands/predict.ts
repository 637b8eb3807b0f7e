import { ChurnError } from '@churn/core';
import type { InputOptions } from '../input.js';
import { FLATTERED, isOfTrainingRows } from '../registry/learned-file.js';
import type { NamedModel } from '../registry/named-model.js';
import { counted } from '../reporting/counted.js';
import { explainRows } from '../scoring/explained-rows.js';
import { isPartitioned } from '../scoring/partitions.js';
import { rejectionText } from '../scoring/rejection-reasons.js';
import type { RulesMode } from '../scoring/rules-mode.js';
import { refuseFiles, scoreFile } from '../scoring/score-file.js';
import { type AnyScoringModel, loadAnyModel } from '../scoring/scoring-model.js';
import type { Shard } from '../scoring/shard.js';
import { STANDARD_STREAM } from '../scoring/standard-stream.js';
import { MAX_REJECTED, scoredFigures, type Tally } from '../scoring/tally.js';
import { totalText } from '../scoring/warning-totals.js';
import type { Logger } from '../terminal/logger.js';
import { fileLines, type Outcome } from '../terminal/outcome.js';
import { summaryTable, warningTable } from '../terminal/result-table.js';
import { rowProgress } from '../terminal/row-progress.js';
import { modelThresholds } from '../terminal/threshold-tables.js';
import { predictPartitions } from './predict-partitions.js';

export interface PredictOptions extends InputOptions {
  /** A file of raw rows, `-` for standard input, a folder or a pattern such as `sales/**\/*.parquet`. */
  readonly input: string;
  readonly model: NamedModel;
  /** The file for the scored rows; `-` for standard output; for several files a folder. */
  readonly output: string;
  /** The share of several files to score; by default all. */
  readonly shard?: Shard;
  /** The file for rows that cannot be scored; by default next to the output; for several files its folder `_rejected`. */
  readonly rejected?: string;
  /** Whether to add the three strongest reasons for each row. */
  readonly explain?: boolean;
  /** Whether rows that violate declared rules are scored with a warning, or rejected; by default `warn`. */
  readonly rules?: RulesMode;
}

/**
 * Scores raw rows with a saved model, in constant memory, as `scoreFile` does. If the input is a folder or a pattern, each of its files is
 * scored to a separate file.
 *
 * @returns the number of scored rows, and of predictions of each class.
 * @throws as `scoreFile` and `predictPartitions` do; `invalid-parameter` if an output would overwrite an input.
 */
export async function predict(options: PredictOptions, logger: Logger): Promise<Outcome> {
  const { input, output, model, shard, explain = false, rules = 'warn' } = options;
  const isSeveral = await isPartitioned(input);
  if (shard !== undefined && !isSeveral) {
    throw new ChurnError(
      'invalid-parameter',
      `--shard ${shard.place}/${shard.count}: expected --input with a folder or a pattern of files, got ${input}`,
    );
  }
  const rejected = options.rejected ?? (output === STANDARD_STREAM ? undefined : `${output}.rejected.csv`);
  const files = { input, output, rejected };
  if (!isSeveral) refuseFiles(files, model.file, options.format);
  const scoring = await loadAnyModel(model.file);
  if (!isSeveral && (await isOfTrainingRows(model, input))) logger.warn(`${input}: ${FLATTERED}`);
  const explanations = explain ? await explainRows(scoring, model.file) : undefined;
  const progress = rowProgress(logger);
  const how = { scoring, modelFile: model.file, rules, explanations, progress, input: options };
  try {
    if (isSeveral) return await predictPartitions(options, how, logger);
    const { name, tally } = await scoreFile(files, how);
    return summary(name, options, scoring, tally, tally.rejected.count > 0 ? rejected : undefined, logger);
  } finally {
    progress.stop();
    await explanations?.close();
  }
}

function summary(
  name: string,
  { output, model }: PredictOptions,
  scoring: AnyScoringModel,
  tally: Tally,
  rejectedFile: string | undefined,
  logger: Logger,
): Outcome {
  const { scored, called, rejected, warnings } = tally;
  const classes = scoring.task === 'classes' ? scoring.classes : [];
  const counts = classes.map((label, code) => `${called[code]} "${label}"`);
  const countsText = counts.length > 0 ? `: ${counts.join(', ')}` : '';
  const without = rejected.count > 0 ? `, ${rejected.count} rejected` : '';
  logger.info(`scored ${counted(scored, 'row')} of ${name} with ${model.name}${countsText}${without}`);
  if (rejected.count > 0 && rejectedFile === undefined) {
    for (const { line, reason } of rejected.first)
      logger.warn(`${name}, line ${line}: ${reason}; not scored`);
    if (rejected.count > MAX_REJECTED)
      logger.warn(`and ${rejected.count - MAX_REJECTED} more; write them by --rejected FILE`);
  }
  // On a terminal, the summary shows them.
  if (output === STANDARD_STREAM)
    for (const total of warnings.all) logger.warn(`${name}, ${totalText(total)}`);
  const files = [
    { what: 'scored rows', path: output },
    ...(rejectedFile ? [{ what: 'rejected rows', path: rejectedFile }] : []),
  ];
  const thresholds = modelThresholds(scoring);
  const tables = [
    summaryTable(scoring, tally),
    ...(thresholds ? [thresholds] : []),
    ...(warnings.rows > 0 ? [warningTable(warnings.all)] : []),
  ];
  const texts = [
    ...tables,
    ...(rejected.count > 0 ? [rejectionText(rejected.count, scored, rejected.reasons)] : []),
    fileLines(files),
  ];
  return {
    text: texts.join('\n\n'),
    files,
    figures: { ...scoredFigures(classes, tally), highest: tally.highest },
  };
}
