import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as selection from './index.js';

it('@churn/selection exports these names', () => {
  expect(Object.keys(selection).sort()).toEqual([
    'FittedThresholdClassifier',
    'GroupKFold',
    'KFold',
    'PieceRunner',
    'PipelineModule',
    'Repeated',
    'StratifiedGroupKFold',
    'StratifiedKFold',
    'StratifiedShuffleSplit',
    'ThresholdClassifier',
    'TimeSeriesSplit',
    'accuracy',
    'averagePrecision',
    'balancedAccuracy',
    'bestMean',
    'bootstrapInterval',
    'brierScore',
    'calibrationCurve',
    'classificationReport',
    'cohenKappa',
    'confusionMatrix',
    'crossValPredict',
    'crossValScore',
    'cumulativeGains',
    'expectedCalibrationError',
    'f1',
    'fBeta',
    'formatClassificationReport',
    'geomspace',
    'gridSearch',
    'halvingSearch',
    'improvement',
    'inlineExecutor',
    'labelScorer',
    'liftCurve',
    'logLoss',
    'matthewsCorrcoef',
    'oneStandardError',
    'paramGrid',
    'planSearch',
    'precision',
    'precisionRecallCurve',
    'precisionRecallF1',
    'probabilityScorer',
    'randomSearch',
    'recall',
    'rocAuc',
    'rocCurve',
    'scorers',
    'search',
    'trainTestSplit',
    'tuneThreshold',
  ]);
});

it('the README names each of them', () => {
  const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
  expect(Object.keys(selection).filter((name) => !new RegExp(`\\b${name}\\b`).test(readme))).toEqual([]);
});
