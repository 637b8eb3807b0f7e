export { type CrossValScoreOptions, crossValScore } from './cross-val-score.js';
export { accuracy } from './metrics/accuracy.js';
export { type ConfusionMatrix, confusionMatrix } from './metrics/confusion-matrix.js';
export {
  f1,
  type PositiveOptions,
  type PrecisionRecallF1,
  precision,
  precisionRecallF1,
  recall,
} from './metrics/precision-recall-f1.js';
export { rocAuc } from './metrics/roc-auc.js';
export { type TrainTestSplit, type TrainTestSplitOptions, trainTestSplit } from './train-test-split.js';
