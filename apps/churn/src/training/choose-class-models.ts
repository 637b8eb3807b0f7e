import type { Labels } from '@churn/core';
import { bestCalibration, calibrate } from '@churn/models';
import type { Config } from '../config/config.js';
import type { TimeLimit } from '../runs/time-limit.js';
import type { Logger } from '../terminal/logger.js';
import { type Blended, blendModels } from './blend.js';
import { chooseBest } from './choose-best.js';
import type { Chosen } from './chosen.js';
import type { LabelledRows } from './dataset.js';
import type { SearchResult } from './found.js';

/** Those of a few numbers, so that what they make of the rows that they learn from is what they make of others. */
const CALIBRATIONS = ['temperature', 'beta', 'sigmoid'] as const;

/** The models of classes that are to be written: those that are listed, or where models are found, a calibrated blend and its members. */
export function chooseClassModels(
  found: SearchResult,
  train: LabelledRows,
  config: Config,
  limit: TimeLimit | undefined,
  logger: Logger,
): Chosen {
  const finish = (mean: readonly Float64Array[]) => calibrated(mean, train.y, config);
  const chosen = blendModels(found, train, config, { limit, finish }, logger);
  return { ...chosen, best: chooseBest(chosen.models, config.crossValidation.scoring[0]) };
}

function calibrated(sums: readonly Float64Array[], y: Labels, { seed }: Config): Blended {
  // Weights add up to 1 but for their last digit.
  const mean = sums.map((column) => column.map((p) => Math.min(1, p)));
  const calibration = bestCalibration(mean, y, { methods: CALIBRATIONS, seed });
  return { predictions: calibration ? calibrate(mean, calibration) : mean, calibration };
}
