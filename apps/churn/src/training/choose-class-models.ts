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

/** Calibrations with few parameters, which do not overfit the rows that they are fitted on. */
const CALIBRATIONS = ['temperature', 'beta', 'sigmoid'] as const;

/** The classifiers to write: the listed ones, or with automatic selection, a calibrated blend and its members. */
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
  // Weights add up to 1 except for rounding.
  const mean = sums.map((column) => column.map((p) => Math.min(1, p)));
  const calibration = bestCalibration(mean, y, { methods: CALIBRATIONS, seed });
  return { predictions: calibration ? calibrate(mean, calibration) : mean, calibration };
}
