export {
  FittedLogisticRegression,
  LogisticRegression,
  type LogisticRegressionOptions,
  type LogisticRegressionState,
} from './linear/logistic-regression.js';
