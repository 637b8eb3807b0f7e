import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as selection from './index.js';

it('@churn/selection exports these names', () => {
  expect(Object.keys(selection).sort()).toEqual([
    'GroupKFold',
    'KFold',
    'Repeated',
    'StratifiedGroupKFold',
    'StratifiedKFold',
    'StratifiedShuffleSplit',
    'TimeSeriesSplit',
    'accuracy',
    'averagePrecision',
    'balancedAccuracy',
    'bootstrapInterval',
    'brierScore',
    'calibrationCurve',
    'classificationReport',
    'cohenKappa',
    'confusionMatrix',
    'crossValScore',
    'cumulativeGains',
    'expectedCalibrationError',
    'f1',
    'fBeta',
    'formatClassificationReport',
    'improvement',
    'labelScorer',
    'liftCurve',
    'logLoss',
    'matthewsCorrcoef',
    'precision',
    'precisionRecallCurve',
    'precisionRecallF1',
    'probabilityScorer',
    'recall',
    'rocAuc',
    'rocCurve',
    'scorers',
    'trainTestSplit',
  ]);
});

it('the README names each of them', () => {
  const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
  expect(Object.keys(selection).filter((name) => !new RegExp(`\\b${name}\\b`).test(readme))).toEqual([]);
});
