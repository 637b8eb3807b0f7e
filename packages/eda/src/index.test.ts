import * as eda from './index.js';

it('@churn/eda exports these names', () => {
  expect(Object.keys(eda).sort()).toEqual([
    'COLOURS',
    'DIVERGING',
    'PALETTE',
    'PROFILE_QUANTILES',
    'SEQUENTIAL',
    'beeswarmChart',
    'calibrationChart',
    'classDistributionChart',
    'classificationReportChart',
    'confusionChart',
    'correlationChart',
    'createReport',
    'escapeHtml',
    'gainsChart',
    'histogramChart',
    'importanceChart',
    'levelShareChart',
    'liftChart',
    'missingChart',
    'precisionRecallChart',
    'profile',
    'rocChart',
    'targetRateChart',
    'thresholdChart',
    'waterfallChart',
  ]);
});
