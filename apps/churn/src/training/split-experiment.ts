import { ChurnError } from '@churn/core';
import { trainTestSplit } from '@churn/selection';
import type { Config } from '../config/config.js';
import type { ExperimentRows, ExperimentSplit } from './dataset.js';
import { armPlaces } from './treatment-arms.js';

/**
 * Splits an experiment so that its held-out control rows are the test rows of the churn model, stratified by arm and class.
 *
 * @param controlTest the held-out control rows, as indices into the control rows.
 * @throws `invalid-data` if an arm has fewer training rows of a class than there are folds.
 */
export function splitExperiment(
  experiment: ExperimentRows,
  controlTest: Int32Array,
  {
    split: { testSize },
    seed,
    crossValidation: { folds },
  }: Pick<Config, 'split' | 'seed' | 'crossValidation'>,
): ExperimentSplit {
  const { y, isTreated } = experiment;
  const treated = armPlaces(experiment, 1);
  requireInEachFold(experiment, treated, folds);
  const ofTreated = trainTestSplit(y.take(treated), { testSize, seed, stratify: true });
  const control = armPlaces(experiment, 0);
  const isTest = new Uint8Array(isTreated.length);
  for (const place of controlTest) isTest[control[place]] = 1;
  for (const place of ofTreated.test) isTest[treated[place]] = 1;
  const all = Int32Array.from(isTest.keys());
  return { train: all.filter((row) => isTest[row] === 0), test: all.filter((row) => isTest[row] === 1) };
}

function requireInEachFold(
  { y, records, treatment }: ExperimentRows,
  treated: Int32Array,
  folds: number,
): void {
  // Test rows of each class are held out, too.
  const least = folds + 1;
  const counts = y.take(treated).counts();
  const code = counts.findIndex((count) => count < least);
  if (code < 0) return;
  throw new ChurnError(
    'invalid-data',
    `${records.source}: class ${JSON.stringify(y.classes[code])} has ${counts[code]} of the treated rows (${JSON.stringify(treatment.treated)} in ` +
      `${JSON.stringify(treatment.column)}), too few for ${folds} folds: lower crossValidation.folds, or leave data.treatment out`,
  );
}
